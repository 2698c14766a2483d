import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as client from '@risumail-otp/client'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { instant, sendAndRead, wrongCode } from '../support/flows.ts'
import { useServer } from '../support/server.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const readme = readFileSync(`${root}clients/typescript/README.md`, 'utf8')
const snippets = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)

/** Returns the compiler's errors for a file in this folder that contains the snippet. */
function complaintsOf(snippet: string): string[] {
  const file = `${import.meta.dirname}/snippet.ts`
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile } = host
  host.fileExists = (path) => path === file || fileExists(path)
  host.readFile = (path) => (path === file ? snippet : readFile(path))
  const { getSourceFile } = host
  host.getSourceFile = (path, language, ...rest) =>
    path === file ? ts.createSourceFile(path, snippet, language) : getSourceFile(path, language, ...rest)
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

describe('the snippets of the README', () => {
  const server = useServer({ environment: { LIMIT_PER_CREDENTIAL: '100/1h' } })
  const output: string[] = []
  const write = (text: string) => output.push(text)

  /** Runs a snippet against the server. The snippet verifies the code that was emailed. */
  async function run(snippet: string, token: string): Promise<unknown> {
    const body = snippet
      .replace(/^import .*\n/gm, '')
      .replace(/'http[^']*'/, 'baseUrl')
      .replace(/'risu_[^']*'/, 'token')
      .replace("'042137'", 'typed()')
    const names = {
      ...client,
      baseUrl: server.url,
      token,
      typed: () => server.sink.codeTo('user@example.com'),
      process: {
        stdout: { write },
        stderr: { write },
        env: { RISUMAIL_URL: server.url, RISUMAIL_KEY: token },
      },
    }
    const AsyncFunction = (async () => {}).constructor as FunctionConstructor
    const script = ts.transpile(body, { target: ts.ScriptTarget.ES2022 })
    return new AsyncFunction(...Object.keys(names), script)(...Object.values(names))
  }

  it('compile', () => {
    expect(snippets).toHaveLength(9)
    for (const snippet of snippets) expect(complaintsOf(snippet), snippet).toEqual([])
    expect(complaintsOf(`${snippets[0]}\nawait otp.sendSms()`)).toHaveLength(1)
  }, 60_000)

  it('do what they say: send and verify, send once, read the history, send with the plain client', async () => {
    const key = await server.key()
    const [
      start = '',
      headers = '',
      _errors,
      once = '',
      history = '',
      status = '',
      _webhooks,
      plain = '',
      route = '',
    ] = snippets
    await run(start, key)
    await run(headers, key)
    expect(output.splice(0)).toEqual([expect.stringMatching(/^user@example\.com "credential";r=/)])
    await run(once, key)
    expect(output.splice(0)).toEqual(['true'])
    await run(history, key)
    expect(output.splice(0)).toEqual(['user@example.com 2026-04-19T11:45:00.000Z\n'])
    await run(status, key)
    expect(output.splice(0)).toEqual(['PENDING'])
    await run(plain, key)
    expect(output.splice(0)).toEqual([expect.stringMatching(/^otp_backend_/)])
    await run(plain, 'risu_key_wrong')
    expect(output).toEqual(['UNAUTHORIZED'])

    const api = server.client((await server.token()).token)
    const sent = await sendAndRead(server, instant, api, { email: 'route@example.com' })
    const handler = await run(`${route.replace('export async', 'async')}return POST`, key)
    const ask = async (code: string) => {
      const request = new Request('http://x', { method: 'POST', body: JSON.stringify({ ...sent, code }) })
      return (handler as unknown as (request: Request) => Promise<Response>)(request)
    }
    const wrong = await ask(wrongCode(sent.code))
    expect([wrong.status, await wrong.json()]).toEqual([400, { code: 'INVALID_CODE', attemptsLeft: 4 }])
    const right = await ask(sent.code)
    expect([right.status, await right.json()]).toEqual([200, { email: 'route@example.com' }])
  })
})
