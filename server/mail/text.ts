import type { Block, MailContent } from './content.ts'

/** Renders the text part. The code has its own line. The autofill line is last, because devices look for it there. */
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
