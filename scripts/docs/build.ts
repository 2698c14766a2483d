/**
 * Writes the docs to `dist/docs/`: one page that needs nothing else, and beside it the contract as a Postman and as a
 * Bruno collection.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { brunoCollection, postmanCollection } from './collections.ts'
import { readContract } from './contract.ts'
import { buildSite } from './site.ts'

const root = new URL('../../', import.meta.url)
const contractFile = new URL('openapi/openapi.yaml', root)
const folder = new URL('dist/docs/', root)
const contract = await readContract(contractFile)

const page = await buildSite(contractFile)
const files = new Map([
  ['index.html', page],
  ['risumail-otp.postman_collection.json', `${JSON.stringify(postmanCollection(contract), null, 2)}\n`],
  ...[...brunoCollection(contract)].map(([path, text]) => [`bruno/${path}`, text] as const),
])
await rm(folder, { recursive: true, force: true })
for (const [path, text] of files) {
  const file = new URL(path.replaceAll(' ', '%20'), folder)
  await mkdir(new URL('.', file), { recursive: true })
  await writeFile(file, text)
}
process.stdout.write(
  `wrote dist/docs/index.html, ${Math.round(Buffer.byteLength(page) / 1024)} KiB, and the collections for Postman and Bruno\n`,
)
