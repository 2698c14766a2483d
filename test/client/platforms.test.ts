import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { transform } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { useServer } from '../support/server.ts'

// The oldest platforms that the README promises: Safari 15, Chrome 100, React Native 0.72, Node.js 20, workerd.

const dist = dirname(fileURLToPath(import.meta.resolve('@risumail-otp/client')))
const run = promisify(execFile)

/**
 * Hides newer features from the bundle's code: those that the oldest platforms lack, and those that React Native has
 * only in part. Node.js itself can still use them, because its own `fetch` depends on them.
 */
const withoutWhatIsNewer = `
  const newer = [
    [URL, ['canParse', 'parse']],
    [AbortSignal, ['any', 'timeout', 'abort']],
    [AbortSignal.prototype, ['throwIfAborted', 'reason']],
    [Array, ['fromAsync']],
    [Array.prototype, ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with']],
    [String.prototype, ['at', 'isWellFormed', 'toWellFormed']],
    [Object, ['hasOwn', 'groupBy']],
    [Map, ['groupBy']],
    [Promise, ['withResolvers', 'try', 'any']],
    [Response, ['json']],
    [Headers.prototype, ['getSetCookie']],
    [globalThis, ['structuredClone', 'DOMException', 'ReadableStream', 'navigator', 'process']],
    // The URL of React Native can be made and shown, and cannot be asked for its parts.
    [URL.prototype, ['protocol', 'username', 'password', 'search', 'hash', 'pathname', 'host', 'hostname', 'origin']],
  ]
  const { exit, stdout, argv } = process
  const isForTheBundle = () => /\\/dist\\/\\w+\\.c?js/.test(new Error().stack.split('\\n')[3])
  for (const [owner, names] of newer) for (const name of names) {
    const known = Object.getOwnPropertyDescriptor(owner, name)
    if (known === undefined) continue
    const valueFor = (self) => (known.get ? known.get.call(self) : known.value)
    Object.defineProperty(owner, name, {
      configurable: true,
      get() { return isForTheBundle() ? undefined : valueFor(this) },
    })
  }
`

async function onAnOldPlatform(code: string, ...args: string[]): Promise<string> {
  const script = `${withoutWhatIsNewer}\n${code}`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script, '--', ...args])
  return stdout
}

describe('the package on the oldest supported platforms', () => {
  const server = useServer()

  it('sends, verifies, distinguishes errors and aborts', async () => {
    const code = `
      const { createClient, isRisumailOtpError, RisumailOtpTransportError } = await import(argv[1])
      const [, , baseUrl, token] = argv
      const client = createClient({ baseUrl, token, maxRetries: 0 })
      const say = (value) => stdout.write(JSON.stringify(value) + '\\n')
      const failure = (call) => call.then(() => 'none', (error) => error)
      const { sessionId } = await client.sendBackendOtp({ email: 'old@example.com' })
      const wrong = await failure(client.verifyBackendOtp({ sessionId, email: 'old@example.com', code: 'x' }))
      say([isRisumailOtpError(wrong), wrong.code])
      say(await client.listBackendOtpVerifications())
      const controller = new AbortController()
      const aborted = failure(client.listBackendOtpVerifications({}, { signal: controller.signal }))
      controller.abort()
      say((await aborted).name)
      const away = createClient({ baseUrl: 'http://127.0.0.1:9', token, maxRetries: 0 })
      const lost = await failure(away.listBackendOtpVerifications())
      say([lost instanceof RisumailOtpTransportError, lost.kind, lost.cause instanceof Error])
      for (const wrongUrl of ['nonsense', 'https://user@host', 'https://host?x=1'])
        say(await failure((async () => createClient({ baseUrl: wrongUrl, token }))()).then((error) => error.name))
      exit(0)
    `
    const bundle = pathToFileURL(join(dist, 'index.js')).href
    const lines = (await onAnOldPlatform(code, bundle, server.directUrl, await server.key()))
      .trim()
      .split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      [true, 'INVALID_CODE'],
      { verifications: [] },
      'AbortError',
      [true, 'network', true],
      ...['TypeError', 'TypeError', 'TypeError'],
    ])
  }, 30_000)

  it.each(['index.js', 'index.cjs', 'webhooks.js', 'webhooks.cjs'])(
    'uses no syntax that they lack: %s',
    async (file) => {
      const source = readFileSync(join(dist, file), 'utf8')
      const plain = { minify: true, legalComments: 'none' } as const
      const lowered = await transform(source, { ...plain, target: ['safari15', 'chrome100', 'node20'] })
      expect(lowered.warnings).toEqual([])
      expect(lowered.code).toBe((await transform(source, plain)).code)
    },
  )
})
