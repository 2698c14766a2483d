import {
  Agent,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type RequestOptions,
  request,
} from 'node:http'
import { urlToHttpOptions } from 'node:url'

export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

export interface RawOptions {
  method?: string
  /** A header with a list of values is sent as one line per value. */
  headers?: OutgoingHttpHeaders
  body?: string | Uint8Array | undefined
  /** The client address that the server sees. Every address in 127.0.0.0/8 is this machine. */
  localAddress?: string
  /** The agent whose connections are used. */
  agent?: Agent
}

const usualAgent = new Agent({ keepAlive: true, maxSockets: 8 })

/** Sends a request exactly as written here. `fetch` would correct or refuse it. */
export function askRaw(
  /** A URL, or its parts. In parts, the path is sent as it is written. */
  url: string | Pick<RequestOptions, 'host' | 'port' | 'path'>,
  { method = 'GET', headers = {}, body, localAddress, agent = usualAgent }: RawOptions = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const place = typeof url === 'string' ? urlToHttpOptions(new URL(url)) : url
    const call = request(
      {
        ...place,
        method,
        agent,
        headers: { ...headers, ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }) },
        ...(localAddress === undefined ? {} : { localAddress }),
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      },
    )
    call.on('error', reject)
    call.end(body)
  })
}
