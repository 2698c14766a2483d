/** Serves the docs on loopback and builds them again at every load: `npm run docs:serve`, PORT to choose another port. */
import { createServer } from 'node:http'
import { extname } from 'node:path'
import { buildSite } from './site.ts'

const contract = new URL('../../openapi/openapi.yaml', import.meta.url)
const port = Number(process.env['PORT'] || 4011)
const types: Record<string, string> = { '.html': 'text/html', '.json': 'application/json' }

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  try {
    const path = pathname === '/' ? 'index.html' : decodeURIComponent(pathname.slice(1))
    const text = (await buildSite(contract)).get(path)
    const type = `${types[extname(path)] ?? 'text/plain'}; charset=utf-8`
    response.writeHead(text === undefined ? 404 : 200, { 'Content-Type': type, 'Cache-Control': 'no-store' })
    response.end(text)
  } catch (error) {
    response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' }).end((error as Error).message)
  }
})
server.listen(port, '127.0.0.1', () => {
  process.stdout.write(`The docs are at http://127.0.0.1:${port}/\n`)
})
