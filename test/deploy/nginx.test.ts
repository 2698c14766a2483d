import { Agent, request } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDatabase } from '../../server/config.ts'
import { issuePublicToken, issueServerKey } from '../../server/credentials/lifecycle.ts'
import { createLogger } from '../../server/log.ts'
import { openStore } from '../../server/open-store.ts'
import { certificate } from '../support/certificate.ts'
import { newFolder } from '../support/commands.ts'
import { testEnvironment } from '../support/environment.ts'
import { MailLedger } from '../support/mail-ledger.ts'
import { freePort, hasNginx, Nginx } from '../support/nginx.ts'
import { Command } from '../support/process.ts'

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

const agent = new Agent({ ca: certificate.cert, keepAlive: true })

function ask(
  url: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method, headers, agent }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    call.on('error', reject)
    call.end(body)
  })
}

const shared = { name: 'x', projectId: 'default', allowedOrigins: [] as string[], allowedSenders: [] }
const skipped = hasNginx ? '' : ' (skipped: there is no nginx)'

describe.skipIf(!hasNginx)(`two instances behind the nginx.conf that we ship${skipped}`, () => {
  let ledger: MailLedger
  const instances: { port: number; command: Command }[] = []
  let environment: Record<string, string> = {}
  let nginx: Nginx
  const credentials = { key: '', fromHere: '', fromElsewhere: '' }

  const start = async (port: number): Promise<Command> => {
    const command = new Command(newFolder(), ['serve'], { ...environment, PORT: String(port) })
    await command.printed(/"msg":"listening"/)
    return command
  }
  /** Stops an instance with SIGTERM and starts a new one in its place, as an update does. */
  const restart = async (instance: (typeof instances)[number]) => {
    instance.command.signal('SIGTERM')
    expect((await instance.command.finished()).code).toBe(0)
    instance.command = await start(instance.port)
  }
  const boot = async (prefix: string, change?: (configuration: string) => string) => {
    instances.push(
      ...(await Promise.all([freePort(), freePort()])).map((port) => ({ port, command: undefined as never })),
    )
    nginx = await Nginx.start(
      instances.map(({ port }) => port),
      change,
    )
    ledger = new MailLedger()
    environment = {
      ...testEnvironment,
      DATABASE_URL: `sqlite:${newFolder()}/otp.db`,
      SMTP_URL: await ledger.start(),
      PUBLIC_URL: nginx.url + prefix,
      TRUSTED_PROXIES: '127.0.0.1',
    }
    const store = await openStore(loadDatabase(environment), { log: createLogger('silent') })
    const now = Date.now()
    const { key } = await issueServerKey(
      store.credentials,
      { ...shared, scopes: ['server_otp'], expiresInMs: undefined },
      now,
    )
    const tokenFor = async (address: string) =>
      (await issuePublicToken(store.credentials, { ...shared, allowedAddresses: [address] }, now)).token
    Object.assign(credentials, {
      key,
      fromHere: await tokenFor('127.0.0.1'),
      fromElsewhere: await tokenFor('203.0.113.7'),
    })
    await store.engine.close()
    for (const instance of instances) instance.command = await start(instance.port)
  }
  const end = async () => {
    for (const { command } of instances.splice(0)) {
      command.signal('SIGKILL')
      await command.finished()
    }
    await nginx.stop()
    await ledger.stop()
  }
  const send = (path: string, body: object, token: string, headers: Record<string, string> = {}) =>
    ask(`${nginx.url}${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  /** Sends, then verifies the address on the page that the email links to. */
  const verifyOnPage = async (prefix: string, email: string) => {
    const sent = await send(`${prefix}/api/v1/email-verification/send`, { email }, credentials.key)
    expect(sent).toMatchObject({ status: 200 })
    const { hostedVerifyUrl } = JSON.parse(sent.text).data as { hostedVerifyUrl: string }
    expect(hostedVerifyUrl).toMatch(`${nginx.url}${prefix}/verify-email?`)
    const page = await ask(hostedVerifyUrl)
    const [, action = '', first = ''] = /<form[^>]* action="([^"]+)"(.*?)<\/form>/s.exec(page.text) ?? []
    const fields = [...first.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)]
    const form = new URLSearchParams(
      fields.map(([, name = '', value = '']): [string, string] => [name, value]),
    )
    form.set('code', ledger.codeTo(email))
    const target = new URL(action, hostedVerifyUrl)
    const headers = { Origin: target.origin, 'Content-Type': 'application/x-www-form-urlencoded' }
    const answer = await ask(target.href, { method: 'POST', headers, body: form.toString() })
    expect(answer.text).toContain('Email address verified')
    expect(page.headers['strict-transport-security']).toBe('max-age=63072000')
  }

  describe('at the root of a host', () => {
    beforeAll(() => boot(''))
    afterAll(end)

    it('serves the hosted page with its form, over TLS', () => verifyOnPage('', 'page@example.com'))

    it('answers the CORS preflight of another origin as the server does', async () => {
      const headers = { Origin: 'https://app.example', 'Access-Control-Request-Method': 'POST' }
      const preflight = await ask(`${nginx.url}/api/v1/instant-otp/send`, { method: 'OPTIONS', headers })
      expect(preflight.status).toBe(204)
      expect(preflight.headers['access-control-allow-origin']).toBe('https://app.example')
    })

    it('checks the allowlist of a token against the address that nginx sees, whatever X-Forwarded-For says', async () => {
      const email = 'list@example.com'
      const claim = { 'X-Forwarded-For': '203.0.113.7' }
      expect((await send('/api/v1/instant-otp/send', { email }, credentials.fromHere, claim)).status).toBe(
        200,
      )
      const refused = await send('/api/v1/instant-otp/send', { email }, credentials.fromElsewhere, claim)
      expect(JSON.parse(refused.text)).toMatchObject({ error: { code: 'OTP_PUBLIC_IP_NOT_ALLOWED' } })
    })

    it('loses no request while both instances are restarted under load, twice within ten seconds', async () => {
      const outcomes: Record<string, number> = {}
      let isOver = false
      const call = async (n: number) => {
        const path = n % 2 === 0 ? 'send' : 'verifications'
        const answer =
          n % 2 === 0
            ? send(`/api/v1/backend-otp/${path}`, { email: `user-${n}@example.com` }, credentials.key)
            : ask(`${nginx.url}/api/v1/backend-otp/${path}`, {
                headers: { Authorization: `Bearer ${credentials.key}` },
              })
        const outcome = await answer.then(
          ({ status, text }) => (status === 200 ? '200' : `${status} ${text.slice(0, 200)}`),
          (error: Error) => error.message,
        )
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      }
      const calls: Promise<void>[] = []
      const load = (async () => {
        for (let n = 0; !isOver && n < 10_000; n++) {
          calls.push(call(n))
          await sleep(10) // a steady load: the rate stays the same, whatever happens to earlier calls
        }
      })()
      for (let round = 0; round < 2; round++) for (const instance of instances) await restart(instance)
      isOver = true
      await load
      await Promise.all(calls)
      expect(Object.keys(outcomes)).toEqual(['200'])
      expect(outcomes['200']).toBeGreaterThan(100)
    })
  })

  describe('under a path of another site', () => {
    // Changes the lines that the comment in the nginx file names.
    beforeAll(() =>
      boot('/otp', (configuration) =>
        configuration
          .replace('location / {', 'location /otp/ {')
          .replace('proxy_pass http://risumail_otp;', 'proxy_pass http://risumail_otp/;'),
      ),
    )
    afterAll(end)

    it('serves the hosted page with its form', () => verifyOnPage('/otp', 'prefix@example.com'))
  })
})
