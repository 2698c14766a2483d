/**
 * The prose of the docs: Markdown files beside the contract that link to one another as files, so that they can be
 * read in the repository too. Here they become one text whose links are the anchors that Redoc renders.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parse } from 'yaml'
import type { ContractDocument, DocumentedOperation } from './contract.ts'
import { operationsOf } from './contract.ts'
import {
  configurationList,
  type FlowsDocument,
  flowsTable,
  mockTable,
  problemsTable,
  statusLine,
  testOutcomesTable,
} from './tables.ts'

/** The chapters in the order of a reader's day; each path is relative to the folder of the contract. */
const chapterFiles = [
  'docs/quick-start.md',
  'docs/flows.md',
  'docs/authentication.md',
  '../clients/typescript/README.md',
  'docs/recipes.md',
  'docs/trying-it.md',
  'docs/errors.md',
  'docs/limits.md',
  'docs/webhooks.md',
  'docs/deployment.md',
  'docs/configuration.md',
  'docs/administration.md',
  'docs/commands.md',
  'docs/monitoring.md',
  'docs/backup.md',
  'docs/upgrading.md',
  'docs/security.md',
  '../CHANGELOG.md',
]

const repository = 'https://github.com/risumail/risumail-otp/blob/main/'
const root = new URL('../../', import.meta.url)

export interface Chapter {
  /** The name of the file, by which other chapters link to it. */
  file: string
  /** Where the file is, relative to the repository. */
  path: string
  text: string
}

/** Reads the chapters from beside the contract, and puts the flows where the prose asks for them. */
export async function readChapters(contractFile: URL): Promise<Chapter[]> {
  const read = (path: string) => readFile(new URL(path, contractFile), 'utf8')
  const flows = parse(await read('flows.arazzo.yaml')) as FlowsDocument
  return Promise.all(
    chapterFiles.map(async (name) => {
      const url = new URL(name, contractFile)
      const path = url.href.slice(root.href.length)
      const text = (await read(name)).replace('<!-- table: flows -->', () => flowsTable(flows))
      return path.startsWith('clients/')
        ? { file: 'client.md', path, text: text.replace(/^# .+$/m, '# The client') }
        : { file: basename(path), path, text }
    }),
  )
}

/**
 * The chapters as one Markdown text for the page.
 * @throws if a link leads nowhere, or if the error chapter and the contract's codes are not the same
 */
export function composeProse(files: Chapter[], contract: ContractDocument): string {
  const chapters = files.map((chapter) => ({ ...chapter, text: withoutReferences(chapter.text) }))
  const operations = operationsOf(contract)
  requireEveryCode(chapters, contract)
  const anchors = anchorsOf(chapters, operations)
  const broken: string[] = []
  const composed = chapters.map((chapter) => {
    const { file, path } = chapter
    const filledIn = fillIn(chapter, contract)
    return outsideBlocks(filledIn, (prose) =>
      prose.replace(/(?<!!)\[([^\]]*)\]\(([^)\s]+)\)/g, (link: string, label: string, target: string) => {
        if (/^https?:/.test(target)) return link
        const anchor = anchors.get(target.startsWith('#') ? file + target : target.replace(/^(\.\.\/)+/, ''))
        if (anchor !== undefined) return `[${label}](#${anchor})`
        const other = new URL(target, new URL(path, root))
        if (other.hash === '' && existsSync(other))
          return `[${label}](${repository}${other.href.slice(root.href.length)})`
        broken.push(`${file}: ${link}`)
        return link
      }),
    )
  })
  if (broken.length > 0) throw new Error(`links that lead nowhere:\n  ${broken.join('\n  ')}`)
  return composed.join('\n\n')
}

/**
 * Turns reference links into plain ones, because Redoc renders each section on its own. The link of a heading moves
 * below it: a heading is also a name in the menu.
 */
function withoutReferences(text: string): string {
  const addresses = new Map<string, string>()
  const withoutDefinitions = outsideBlocks(text, (prose) =>
    prose.replace(/^\[([^\]\n]+)\]: (\S+)\n?/gm, (_line, label: string, address: string) => {
      addresses.set(label, address)
      return ''
    }),
  )
  return outsideBlocks(withoutDefinitions, (prose) =>
    prose
      .replace(/^(#+) \[([^\]\n]+)\](?!\()(.*)$/gm, (heading, marks, label, rest) => {
        const address = addresses.get(label)
        return address ? `${marks} ${label}${rest}\n\n[${label} on GitHub](${address})` : heading
      })
      .replace(/\[([^\]\n]+)\](?:\[([^\]\n]*)\])?(?![([])/g, (link, label, name) => {
        const address = addresses.get(name || label)
        return address ? `[${label}](${address})` : link
      }),
  )
}

/** Where Redoc renders each heading and operation, by the link that prose uses for it. */
function anchorsOf(chapters: Chapter[], operations: DocumentedOperation[]): Map<string, string> {
  const anchors = new Map<string, string>()
  for (const { file, text } of chapters) {
    let chapter = ''
    for (const [level, title] of headingsOf(text)) {
      const place = title.replaceAll(/[`*]/g, '').replaceAll(/[^\w.]+/g, '-')
      if (level === 1) {
        chapter = `section/${place}`
        anchors.set(file, chapter)
      } else if (level === 2) {
        anchors.set(`${file}#${githubSlug(title)}`, `${chapter}/${place}`)
      }
    }
  }
  for (const { operationId, tag } of operations) {
    anchors.set(`openapi.yaml#${operationId}`, `tag/${tag.replaceAll(' ', '-')}/operation/${operationId}`)
  }
  return anchors
}

function requireEveryCode(chapters: Chapter[], contract: ContractDocument): void {
  const codes = contract.components.schemas.ErrorCode.enum
  const text = chapters.find(({ file }) => file === 'errors.md')?.text ?? ''
  const titles = headingsOf(text).flatMap(([level, title]) => (level === 2 ? [title] : []))
  const missing = codes.filter((code) => !titles.includes(code))
  const unknown = titles.filter((title) => /^[A-Z_]+$/.test(title) && !codes.includes(title))
  if (missing.length > 0) throw new Error(`errors.md has no section for ${missing.join(', ')}`)
  if (unknown.length > 0)
    throw new Error(`errors.md describes ${unknown.join(', ')}, which the contract lacks`)
}

/** The text of a chapter with the tables that the contract and the code fill in. Links stay links to files. */
export function fillIn({ file, text }: Chapter, contract: ContractDocument): string {
  const operations = operationsOf(contract)
  const tables: Record<string, () => string> = {
    'test outcomes': () => testOutcomesTable(contract['x-test-outcomes']),
    'delivery problems': problemsTable,
    configuration: configurationList,
    mock: () => mockTable(operations),
  }
  const withTables = text.replace(/<!-- table: ([\w ]+) -->/g, (mark, name) => tables[name]?.() ?? mark)
  if (file !== 'errors.md') return withTables
  return outsideCode(withTables, (line) =>
    line.replace(/^## ([A-Z_]+)$/, (heading, code) => `${heading}\n\n${statusLine(code, operations)}`),
  )
}

function headingsOf(text: string): [level: number, title: string][] {
  const found: [number, string][] = []
  outsideCode(text, (line) => {
    const [, marks, title] = /^(#{1,6}) (.+)$/.exec(line) ?? []
    if (marks !== undefined && title !== undefined) found.push([marks.length, title])
    return line
  })
  return found
}

/** Applies `change` to every line that is not inside a fenced block. */
function outsideCode(text: string, change: (line: string) => string): string {
  let isCode = false
  return text
    .split('\n')
    .map((line) => {
      if (line.startsWith('```')) isCode = !isCode
      return isCode ? line : change(line)
    })
    .join('\n')
}

/** Applies `change` to all text between fenced blocks, so that a link may run over the end of a line. */
function outsideBlocks(text: string, change: (prose: string) => string): string {
  return text
    .split(/(^```.*?^```$)/ms)
    .map((part) => (part.startsWith('```') ? part : change(part)))
    .join('')
}

function githubSlug(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')
}
