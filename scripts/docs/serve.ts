/** Shows the docs on loopback, built anew at every load: `npm run docs:serve`, PORT to choose another port. */
import { createServer } from 'node:http'
import { buildSite } from './site.ts'

const contract = new URL('../../openapi/openapi.yaml', import.meta.url)
const port = Number(process.env['PORT'] || 4011)

const server = createServer(async (request, response) => {
  if (new URL(request.url ?? '/', 'http://localhost').pathname !== '/') {
    response.writeHead(404).end()
    return
  }
  try {
    const page = await buildSite(contract)
    response
      .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' })
      .end(page)
  } catch (error) {
    response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' }).end((error as Error).message)
  }
})
server.listen(port, '127.0.0.1', () => {
  process.stdout.write(`The docs are at http://127.0.0.1:${port}/\n`)
})
