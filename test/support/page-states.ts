import type { Page, Response } from 'playwright-core'
import { openConnection } from '../../server/store/sqlite/connection.ts'
import { wrongCode } from './flows.ts'
import { sendVerification, submitForm } from './page.ts'
import type { TestServer } from './server.ts'

const redirectUrl = 'https://a-rather-long-name-of-a-product.app.acme.example/welcome'
const email = 'user@a-rather-long-name-of-a-mail-provider.example.com'

interface PageStateCase {
  name: string
  status: number
  /** Brings the page into the state. `client` is the address that the visitor seems to have. */
  reach(server: TestServer, page: Page, client: string): Promise<Response | null>
}

const send = (server: TestServer, otpDigits = 6) =>
  sendVerification(server, { email, redirectUrl, otpDigits }, [new URL(redirectUrl).origin])

const forwardedFor = (client: string) => ({ 'X-Forwarded-For': client })
const open = (server: TestServer, page: Page, path: string) => page.goto(server.directUrl + path)

/** Types the code into the page and submits the form. `beforehand` runs between opening the page and submitting. */
async function type(
  server: TestServer,
  page: Page,
  { path }: { path: string },
  code: string,
  beforehand: () => Promise<void> | void = () => {},
): Promise<Response | null> {
  await open(server, page, path)
  await beforehand()
  await page.evaluate('document.forms[0].noValidate = true')
  await page.locator('#code').fill(code)
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.getByRole('button').first().click(),
  ])
  await page.getByRole('alert').or(page.getByRole('status')).waitFor()
  return answer
}

/** Types the address into the page at this path, or of a new session, and requests a new code. */
async function ask(server: TestServer, page: Page, address: string, path?: string): Promise<Response | null> {
  await open(server, page, path ?? (await send(server)).path)
  await page.locator('summary').click()
  await page.evaluate('document.forms[1].noValidate = true')
  await page.locator('#email').fill(address)
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.getByRole('button', { name: 'Send a new code' }).click(),
  ])
  await page.waitForLoadState()
  return answer
}

/** Every state of the page. */
export const pageStates: PageStateCase[] = [
  {
    name: 'open',
    status: 200,
    reach: async (server, page) => open(server, page, (await send(server)).path),
  },
  {
    name: 'missing-code',
    status: 400,
    reach: async (server, page) => type(server, page, await send(server), ''),
  },
  {
    name: 'wrong',
    status: 400,
    reach: async (server, page) => {
      const sent = await send(server)
      return type(server, page, sent, wrongCode(sent.code))
    },
  },
  {
    name: 'used-up',
    status: 429,
    reach: async (server, page, client) => {
      const sent = await send(server, 4)
      return type(server, page, sent, wrongCode(sent.code), async () => {
        for (let n = 0; n < 3; n++)
          await submitForm(server, { ...sent, code: wrongCode(sent.code) }, forwardedFor(client))
      })
    },
  },
  {
    name: 'expired',
    status: 410,
    reach: async (server, page) => {
      const sent = await send(server)
      return type(server, page, sent, sent.code, () => {
        server.now += 600_000
      })
    },
  },
  {
    name: 'verified',
    status: 200,
    reach: async (server, page) => {
      const sent = await send(server)
      return type(server, page, sent, sent.code)
    },
  },
  {
    name: 'already-verified',
    status: 200,
    reach: async (server, page, client) => {
      const sent = await send(server)
      await submitForm(server, sent, forwardedFor(client))
      return open(server, page, sent.path)
    },
  },
  {
    name: 'new-code',
    status: 303,
    reach: (server, page) => ask(server, page, email),
  },
  {
    name: 'missing-address',
    status: 400,
    reach: (server, page) => ask(server, page, ''),
  },
  {
    name: 'wrong-address',
    status: 400,
    reach: (server, page) => ask(server, page, 'other@example.com'),
  },
  {
    name: 'not-sent',
    status: 502,
    reach: async (server, page) => {
      const { path } = await send(server)
      server.sink.atData = 554
      const answer = await ask(server, page, email, path)
      server.sink.atData = 'accept'
      return answer
    },
  },
  {
    name: 'no-new-code',
    status: 403,
    reach: async (server, page) => {
      const { path } = await send(server)
      for (const { id } of await server.app.credentials.list('server_key'))
        await server.app.credentials.revoke('server_key', id, server.now)
      return ask(server, page, email, path)
    },
  },
  {
    name: 'canceled',
    status: 410,
    reach: async (server, page) => {
      const { api, sessionId, path } = await send(server)
      await api.POST('/api/v1/email-verification/cancel', { body: { sessionId } })
      return open(server, page, path)
    },
  },
  {
    name: 'home',
    status: 200,
    reach: (server, page) => open(server, page, '/'),
  },
  {
    name: 'unknown',
    status: 404,
    reach: (server, page) => open(server, page, '/verify-email?sessionId=ev_01KPJRXTK0Q4T7V9X2B5N6C1DE'),
  },
  {
    name: 'too-many-tries',
    status: 429,
    reach: async (server, page, client) => {
      const sent = await send(server)
      for (let n = 0; n < 4; n++) {
        await submitForm(server, { sessionId: 'x', code: '1' }, forwardedFor(client))
      }
      return type(server, page, sent, sent.code)
    },
  },
  {
    name: 'unavailable',
    status: 503,
    reach: async (server, page) => {
      const sent = await send(server)
      const other = openConnection(server.databasePath)
      const answer = await type(server, page, sent, sent.code, () => {
        other.exec('begin exclusive')
      })
      other.close()
      return answer
    },
  },
  {
    name: 'not-understood',
    status: 413,
    reach: async (server, page) => {
      const sent = await send(server)
      return type(server, page, sent, sent.code, async () => {
        await page.evaluate(`document.forms[0].sessionId.value = 'x'.repeat(20000)`)
      })
    },
  },
]
