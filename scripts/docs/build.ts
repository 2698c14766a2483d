/** Writes the docs to `dist/docs/`, each file also compressed, as the server serves them at `/docs`. */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { buildSite } from './site.ts'

const root = new URL('../../', import.meta.url)
const folder = new URL('dist/docs/', root)
const site = await buildSite(new URL('openapi/openapi.yaml', root))

await rm(folder, { recursive: true, force: true })
for (const [path, text] of site) {
  const file = new URL(path.replaceAll(' ', '%20'), folder)
  await mkdir(new URL('.', file), { recursive: true })
  await writeFile(file, text)
  if (!path.startsWith('bruno/')) await writeFile(new URL(`${file}.gz`), gzipSync(text))
}
const [page = ''] = site.values()
process.stdout.write(
  `wrote dist/docs: ${site.size} files; index.html has ${Math.round(Buffer.byteLength(page) / 1024)} KiB\n`,
)
