import type { Block, MailContent } from './content.ts'

/** Renders the text part: the code on a line of its own, and the autofill line last, where its readers look for it. */
export function renderText({ blocks, brand, autofill }: MailContent): string {
  const paragraphs = [...blocks.map(paragraphOf), brand.name, autofill ?? '']
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`
}

function paragraphOf(block: Block): string {
  switch (block.kind) {
    case 'code':
      return block.code
    case 'button':
      return `${block.lead}\n${block.url}`
    default:
      return block.text
  }
}
