/** Puts the docs together: two pages, the contract, and every chapter as Markdown. */
import { readFile } from 'node:fs/promises'
import { brunoCollection, postmanCollection } from './collections.ts'
import {
  type ContractDocument,
  exposeDefaults,
  fieldNamesOf,
  operationsOf,
  readContract,
} from './contract.ts'
import { llmsText } from './llms.ts'
import { logoAddress, renderPage, renderTryPage } from './page.ts'
import { composeProse, fillIn, readChapters } from './prose.ts'
import { samplesOf } from './samples.ts'

/** The docs as HTML. @throws if a link leads nowhere or an error code is not described */
export async function buildPage(contractFile: URL): Promise<string> {
  const contract = await readContract(contractFile)
  const prose = composeProse(await readChapters(contractFile), contract)
  const baseUrl = contract.servers[0]?.url ?? ''
  for (const operation of operationsOf(contract)) {
    const target = contract.paths[operation.path]?.[operation.method.toLowerCase()]
    if (target) {
      target['x-codeSamples'] = await samplesOf(operation, baseUrl)
      // The search looks through descriptions, so the names of the fields are in a comment there.
      target['description'] =
        `${target['description'] ?? ''}\n\n<!-- ${fieldNamesOf(contract, target).join(' ')} -->`
    }
  }
  exposeDefaults(contract)
  const { title } = contract.info
  contract.info['x-logo'] = { url: await logoAddress(), altText: title }
  contract['x-tagGroups'] = [{ name: 'API reference', tags: tagsOf(contract) }]
  contract.info.description += `\n\n${prose}`
  return renderPage(contract)
}

/** Every file of the docs by its path. @throws as `buildPage` */
export async function buildSite(contractFile: URL): Promise<Map<string, string>> {
  const contract = await readContract(contractFile)
  const chapters = await readChapters(contractFile)
  return new Map([
    ['index.html', await buildPage(contractFile)],
    ['try.html', await renderTryPage(contract)],
    ['openapi.yaml', await readFile(contractFile, 'utf8')],
    ['openapi.json', json(contract)],
    ['llms.txt', llmsText(contract, chapters)],
    ...chapters.map((chapter) => [chapter.file, fillIn(chapter, contract)] as const),
    ['risumail-otp.postman_collection.json', json(postmanCollection(contract))],
    ...[...brunoCollection(contract)].map(([path, text]) => [`bruno/${path}`, text] as const),
  ])
}

function tagsOf(contract: ContractDocument): string[] {
  return contract.tags.map(({ name }) => name)
}

function json(value: ContractDocument | object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
