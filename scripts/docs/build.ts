/** Writes the docs to `dist/docs/index.html`: one page that needs nothing else. */
import { mkdir, writeFile } from 'node:fs/promises'
import { buildSite } from './site.ts'

const root = new URL('../../', import.meta.url)
const folder = new URL('dist/docs/', root)

const page = await buildSite(new URL('openapi/openapi.yaml', root))
await mkdir(folder, { recursive: true })
await writeFile(new URL('index.html', folder), page)
process.stdout.write(`wrote dist/docs/index.html, ${Math.round(Buffer.byteLength(page) / 1024)} KiB\n`)
