import { createServer, type Server } from 'node:http'

interface Changes {
  /** How the proxy in front of the server changes X-Forwarded-For. */
  forward: (given: string | undefined) => string | undefined
  /** Headers that it adds to each response, or replaces. */
  more: Record<string, string>
  /** If set, the proxy answers every POST with this status itself. */
  status: number | undefined
}

/** A proxy that changes what it passes on. */
export const changingProxy = (target: () => string, changes: () => Changes): Server =>
  createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const {
      host: _,
      'x-forwarded-for': given,
      connection: __,
      'content-length': ___,
      ...headers
    } = request.headers
    const { forward, more, status } = changes()
    const forwarded = forward(given as string | undefined)
    if (status !== undefined && request.method === 'POST') return void response.writeHead(status).end()
    const answer = await fetch(target() + (request.url ?? ''), {
      method: request.method ?? 'GET',
      headers: { ...(headers as Record<string, string>), ...(forwarded && { 'X-Forwarded-For': forwarded }) },
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    })
    response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), ...more })
    response.end(await answer.text())
  })
