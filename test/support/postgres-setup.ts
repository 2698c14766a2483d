import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { findPostgres, PostgresCluster } from './postgres-cluster.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** This URL returns the address of the tests' PostgreSQL. Undefined if this machine has none. */
    postgresUrl: string | undefined
  }
}

/** One PostgreSQL for a whole test run. It starts when a test first asks for it. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const bin = findPostgres()
  if (bin === undefined) {
    provide('postgresUrl', undefined)
    return async () => {}
  }
  let cluster: Promise<PostgresCluster> | undefined
  const server = createServer((_request, response) => {
    cluster ??= new PostgresCluster(bin).create()
    cluster.then(
      (ready) => response.end(ready.url()),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  provide('postgresUrl', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return async () => {
    server.closeAllConnections()
    server.close()
    await (await cluster)?.remove()
  }
}
