import { readFile, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { backend, sendAndRead } from '../support/flows.ts'
import { submitForm } from '../support/page.ts'
import { listen } from '../support/receiver.ts'
import { useServer } from '../support/server.ts'

const chapters = await Promise.all(
  ['recipes', 'webhooks'].map((name) =>
    readFile(new URL(`../../openapi/docs/${name}.md`, import.meta.url), 'utf8'),
  ),
)

/** Returns the JavaScript of the recipe with this title. It runs outside the project, so its imports get full URLs. */
function codeOf(title: string): string {
  const sections = chapters.flatMap((chapter) => chapter.split(/^## /m))
  const section = sections.find((text) => text.startsWith(title))
  const code = /^```js\n(.*?)^```/ms.exec(section ?? '')?.[1] ?? ''
  return code.replace(/'(@risumail-otp[^']*)'/g, (_, name: string) => `'${import.meta.resolve(name)}'`)
}

type Login = Record<'startLogin' | 'finishLogin', (session: object, value: string) => Promise<unknown>>

describe('the recipes, run as printed', () => {
  const server = useServer({ environment: { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1' } })
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

  it('the browser flow verifies the typed code', async () => {
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

  it('the safe repeat sends one email even if the first response is lost', async () => {
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

  it('the sign-up trusts a code that was typed into the hosted page, and nothing that a link says', async () => {
    vi.stubEnv('RISUMAIL_URL', server.url)
    vi.stubEnv('RISUMAIL_KEY', await server.key({ allowedOrigins: ['https://app.acme.example'] }))
    const { startSignUp, finishSignUp } = (await run('Sign-up with the hosted page')) as {
      startSignUp: (user: object, email: string) => Promise<string>
      finishSignUp: (user: object, sessionId: string) => Promise<string>
    }
    const user: { id: string; email?: string } = { id: 'user-1' }
    const page = new URL(await startSignUp(user, 'signup@example.com'))
    const sessionId = page.searchParams.get('sessionId') ?? ''
    expect(await finishSignUp(user, sessionId)).toBe('PENDING')
    expect(user.email).toBeUndefined()
    const { html } = await submitForm(server, { sessionId, code: server.sink.codeTo('signup@example.com') })
    expect(html).toContain(`href="https://app.acme.example/welcome?sessionId=${sessionId}"`)
    const stranger: { id: string; email?: string } = { id: 'user-2' }
    await finishSignUp(stranger, sessionId)
    expect(stranger.email).toBeUndefined()
    expect(await finishSignUp(user, sessionId)).toBe('VERIFIED')
    expect(user.email).toBe('signup@example.com')
  })

  it('the receiver accepts the webhooks that this service signed, once each, and no others', async () => {
    const { server: receiver, isVerified } = (await run('Verify')) as {
      server: Server
      isVerified: (reference: string) => boolean
    }
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
    const { secret } = await listen(server.store, url, { projectId: 'told' })
    vi.stubEnv('WEBHOOK_SECRET', secret)
    const api = server.client(await server.key({ projectId: 'told' }))
    const sent = await sendAndRead(server, backend, api, { email: 'told@example.com', reference: 'user-2' })
    // The receiver uses the real clock.
    server.now = Date.now()
    const resent = await sendAndRead(server, backend, api, { email: 'told@example.com', reference: 'user-3' })
    await backend.verify(api, resent)
    await server.app.deliverWebhooks()
    expect([isVerified('user-2'), isVerified('user-3')]).toEqual([false, true])
    const forged = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ type: 'verification.completed' }),
    })
    expect([forged.status, sent.sessionId]).toEqual([400, expect.any(String)])
    await new Promise((resolve) => receiver.close(resolve))
  })

  it('the export reads every page and lists every verification once', async () => {
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
