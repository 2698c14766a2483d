/** Puts the docs together: the contract with samples and prose, as one page. */
import { exposeDefaults, operationsOf, readContract } from './contract.ts'
import { renderPage } from './page.ts'
import { composeProse, readChapters } from './prose.ts'
import { samplesOf } from './samples.ts'

/** The docs as one HTML page. @throws if a link leads nowhere or an error code is not described */
export async function buildSite(contractFile: URL): Promise<string> {
  const contract = await readContract(contractFile)
  const prose = composeProse(await readChapters(contractFile), contract)
  const baseUrl = contract.servers[0]?.url ?? ''
  for (const operation of operationsOf(contract)) {
    const target = contract.paths[operation.path]?.[operation.method.toLowerCase()]
    if (target) target['x-codeSamples'] = await samplesOf(operation, baseUrl)
  }
  exposeDefaults(contract)
  contract.info.description += `\n\n${prose}`
  return renderPage(contract)
}
