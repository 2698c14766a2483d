import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { useServer } from '../support/server.ts'

const recipes = await readFile(new URL('../../openapi/docs/recipes.md', import.meta.url), 'utf8')

/** The JavaScript of the recipe with this title. */
function codeOf(title: string): string {
  const section = recipes.split(/^## /m).find((text) => text.startsWith(title))
  return /^```js\n(.*?)^```/ms.exec(section ?? '')?.[1] ?? ''
}

type Login = Record<'startLogin' | 'finishLogin', (session: object, value: string) => Promise<unknown>>

describe('the recipes, run as they are printed', () => {
  const server = useServer()
  let count = 0
  const run = async (title: string, change: (code: string) => string = (code) => code): Promise<unknown> => {
    count += 1
    const file = join(server.folder, `recipe-${count}.mjs`)
    await writeFile(file, change(codeOf(title)))
    return import(/* @vite-ignore */ file)
  }
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  it('the browser flow verifies what the person types', async () => {
    const { token } = await server.token()
    const answers: unknown[] = []
    vi.stubGlobal('prompt', () => server.sink.codeTo('user@example.com'))
    const realFetch = fetch
    vi.stubGlobal('fetch', async (...request: Parameters<typeof fetch>) => {
      const response = await realFetch(...request)
      answers.push(await response.clone().json())
      return response
    })
    await run('Browser flow', (code) =>
      code.replace('https://otp.acme.example', server.url).replace('risu_otp_…', token),
    )
    expect(answers.at(-1)).toEqual({ success: true, data: { verified: true } })
  })

  it('the back-end flow logs in with the right code only', async () => {
    vi.stubEnv('RISUMAIL_URL', server.url)
    vi.stubEnv('RISUMAIL_KEY', await server.key())
    const { startLogin, finishLogin } = (await run('Back-end flow')) as Login
    const session: { user?: string } = {}
    await startLogin(session, 'user@example.com')
    await finishLogin(session, 'wrong')
    expect(session.user).toBeUndefined()
    await finishLogin(session, server.sink.codeTo('user@example.com'))
    expect(session.user).toBe('user@example.com')
  })

  it('the safe repeat mails once, though the first answer is lost', async () => {
    vi.stubEnv('RISUMAIL_URL', server.url)
    vi.stubEnv('RISUMAIL_KEY', await server.key())
    const realFetch = fetch
    const lost = vi.fn(async (...request: Parameters<typeof fetch>) => {
      const response = await realFetch(...request)
      if (lost.mock.calls.length === 1) throw new TypeError('fetch failed')
      return response
    })
    vi.stubGlobal('fetch', lost)
    const mails = server.sink.mails.length
    const { sendOnce } = (await run('Safe repeat', (code) => code.replace('seconds * 1000', '0'))) as {
      sendOnce: (key: string, body: object) => Promise<unknown>
    }
    const answer = await sendOnce('click-1', { email: 'user@example.com' })
    expect(answer).toMatchObject({ success: true })
    expect(await sendOnce('click-1', { email: 'user@example.com' })).toEqual(answer)
    expect(lost).toHaveBeenCalledTimes(3)
    expect(server.sink.mails.length).toBe(mails + 1)
  })

  it('the export walks every page and names every verification once', async () => {
    vi.stubEnv('RISUMAIL_URL', server.url)
    vi.stubEnv('RISUMAIL_KEY', await server.key({ projectId: 'export' }))
    const { startLogin, finishLogin } = (await run('Back-end flow')) as Login
    for (let person = 0; person < 5; person++) {
      const session = {}
      await startLogin(session, `user${person}@example.com`)
      server.now += 1000
      await finishLogin(session, server.sink.codeTo(`user${person}@example.com`))
    }
    const lines: string[] = []
    vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line))
    await run('Reconciliation export', (code) => code.replace("limit: '100'", "limit: '2'"))
    expect(lines.map((line) => line.split(',')[1])).toEqual(
      [4, 3, 2, 1, 0].map((person) => `user${person}@example.com`),
    )
  })
})
