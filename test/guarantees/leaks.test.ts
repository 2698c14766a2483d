import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mintSecret } from '../../server/credentials/format.ts'
import {
  otpSecret,
  recipient,
  singing,
  singingButHashed,
  smtpLogin,
  smtpUrlWithLogin,
} from '../support/canaries.ts'
import { json, newFolder, run } from '../support/commands.ts'
import { operationFacts } from '../support/contract.ts'
import { noLimits } from '../support/environment.ts'
import { figure } from '../support/figures.ts'
import { wrongCode } from '../support/flows.ts'
import { Command } from '../support/process.ts'
import { askRaw } from '../support/raw-http.ts'
import { type Refusal, TelltaleSmtp } from '../support/telltale-smtp.ts'

const oldOtpSecret = 'Canary-0ldSecret?of/the+tests=long&enough'

describe('a server with its most detailed log, whatever callers and the mail server send', () => {
  const folder = newFolder()
  const smtp = new TelltaleSmtp()
  const answers: string[] = []
  const canaries: Record<string, string> = { OTP_SECRET: otpSecret, 'old OTP_SECRET': oldOtpSecret }
  let listed = ''
  let server: Command
  let url: string

  const ask = async (path: string, { body, ...request }: Parameters<typeof askRaw>[1] = {}) => {
    const answer = await askRaw(url + path, { method: body === undefined ? 'GET' : 'POST', body, ...request })
    answers.push(JSON.stringify(answer.headers) + answer.text)
    return answer
  }
  const post = async (path: string, credential: string, fields: object) => {
    const headers = { Authorization: `Bearer ${credential}`, 'Content-Type': 'application/json' }
    const { status, text } = await ask(path, { headers, body: JSON.stringify(fields) })
    return { status, data: (JSON.parse(text) as { data?: Record<string, string> }).data }
  }

  /** Takes one code of one flow from its send to the history, with every mistake on the way. */
  const liveThrough = async (flow: string, credential: string, round: string) => {
    const { status, data } = await post(`/api/v1/${flow}/send`, credential, {
      email: recipient,
      otpDigits: 10,
    })
    expect(status).toBe(200)
    const { sessionId = '' } = data ?? {}
    const code = smtp.codes.at(-1) ?? ''
    canaries[`code of ${flow} ${round}`] = code
    for (const typed of [wrongCode(code), ` ${code} `, code]) {
      await post(`/api/v1/${flow}/verify`, credential, { sessionId, email: recipient, code: typed })
      await ask(`/verify-email?sessionId=${sessionId}`, {
        body: new URLSearchParams({ sessionId, code: typed }).toString(),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      })
    }
    await ask(`/verify-email?sessionId=${sessionId}&code=${code}`)
  }

  /** Sends requests that carry a credential or a code in the wrong place. */
  const misplace = async (secret: string, key: string) => {
    for (const header of [
      'X-Request-Id',
      'User-Agent',
      'Referer',
      'Cookie',
      'Accept-Language',
      'X-Otp-Secret',
      'Content-Type',
      'Accept',
      'X-Forwarded-For',
      'If-None-Match',
      'Prefer',
      'Authorization',
    ])
      await ask('/api/v1/backend-otp/send', {
        body: '{}',
        headers: { 'Content-Type': 'application/json', [header]: secret },
      })
    for (const path of [
      `/${secret}`,
      `/api/v1/${secret}`,
      `/api/v1/backend-otp/verifications?key=${secret}`,
      `/verify-email?sessionId=${secret}`,
      `/livez?${secret}`,
      `/readyz/${secret}`,
    ])
      for (const method of ['GET', 'DELETE', 'OPTIONS']) await ask(path, { method })
    for (const { path, method } of operationFacts) {
      const headers = {
        Authorization: `Bearer ${key}`,
        'Content-Type': 'application/json',
        'X-Request-Id': secret,
      }
      if (method === 'GET') {
        for (const query of [`cursor=${secret}`, `limit=${secret}`, `${secret}=1`])
          await ask(`${path}?${query}`, { headers })
        continue
      }
      for (const body of [
        `{"email": "${secret}",}`,
        `${secret}`,
        JSON.stringify({ [secret]: secret }),
        `{"${secret}": 1, "${secret}": 2}`,
        JSON.stringify({ email: secret, sessionId: secret, code: secret }),
        JSON.stringify({ email: `${secret}@x`, subject: `${secret}\n`, otpDigits: secret, locale: secret }),
        secret.repeat(500),
      ]) {
        await ask(path, { headers, body })
        await ask(path, { headers: { ...headers, 'Content-Type': `text/${secret}` }, body })
      }
    }
  }

  beforeAll(
    async () => {
      const environment = {
        PORT: '0',
        LOG_LEVEL: 'trace',
        OTP_SECRET: `${otpSecret},${oldOtpSecret}`,
        SMTP_URL: smtpUrlWithLogin(await smtp.start()),
        MAIL_FROM: 'Acme <login@acme.example>',
        ...noLimits,
      }
      server = new Command(folder, ['serve'], environment)
      url = await server.printed(/"url":"(http:[^"]+)","msg":"listening"/)
      const { key = '' } = await json(folder, ['keys', 'create', '--name', 'shop'])
      const { token = '', secret = '' } = await json(folder, ['tokens', 'create', '--name', 'web'])
      Object.assign(canaries, { 'server key': key, 'public token': token, 'analytics secret': secret })
      Object.assign(canaries, {
        'SMTP password': smtpLogin.password,
        'unknown key': mintSecret('server_key'),
      })

      for (const refusal of ['login', 'sender', 'recipient', 'message', 'nothing'] satisfies Refusal[]) {
        smtp.refuses = refusal
        for (const flow of ['backend-otp', 'instant-otp', 'email-verification']) {
          if (refusal === 'nothing') continue
          expect((await post(`/api/v1/${flow}/send`, key, { email: recipient })).status).toBe(502)
          if (refusal === 'message') canaries[`refused code of ${flow}`] = smtp.codes.at(-1) ?? ''
        }
        smtp.hangUp()
      }
      for (let round = 0; round < figure({ quick: 1, long: 100 }); round++) {
        await liveThrough('backend-otp', key, String(round))
        await liveThrough('email-verification', key, String(round))
        await liveThrough('instant-otp', token, String(round))
      }
      for (const misplaced of [key, token, secret, String(canaries['unknown key'])])
        await misplace(misplaced, key)
      const codes = Object.entries(canaries).filter(([name]) => name.startsWith('code'))
      for (const code of codes.slice(0, 2))
        await ask(`/api/v1/${code}?code=${code}`, { headers: { Referer: code[1] } })
      await ask('/api/v1/instant-otp/verifications', {
        headers: { Authorization: `Bearer ${token}`, 'X-Otp-Secret': secret, 'X-Request-Id': secret },
      })
      const lists = ['keys', 'tokens'].flatMap((what) => [
        [what, 'list'],
        [what, 'list', '--json'],
        [what, 'revoke', 'key_x'],
      ])
      listed = JSON.stringify(await Promise.all(lists.map((args) => run(folder, args))))
    },
    figure({ quick: 60_000, long: 30 * 60_000 }),
  )
  afterAll(async () => {
    server.signal('SIGTERM')
    await server.finished()
    await smtp.stop()
  })

  it('logs no code, credential, secret or recipient, in any spelling', () => {
    const logged = server.stdout + server.stderr
    expect(logged.split('\n').filter((line) => line.includes('"msg":"request"')).length).toBe(answers.length)
    expect(logged).toContain('"smtpCode":535')
    expect(
      singing(
        { ...canaries, recipient, 'its mailbox': "canary.o'user", 'SMTP user': smtpLogin.user },
        logged,
      ),
    ).toEqual([])
    expect(logged).not.toMatch(/canary/i)
    expect(server.stderr).toBe('')
  })

  it('still logs the reason for each refusal by the mail server', () => {
    for (const said of [
      '"problem":"login-refused","reason":"RELAY_MISCONFIGURED","mayRetry":false,"smtpCode":535,"enhancedCode":"5.7.8"',
      '"problem":"sender-refused","reason":"RELAY_MISCONFIGURED","mayRetry":false,"smtpCode":550,"enhancedCode":"5.7.1"',
      '"problem":"recipient-refused","reason":"RECIPIENT_REFUSED","mayRetry":false,"smtpCode":550,"enhancedCode":"5.1.1"',
      '"problem":"message-refused","reason":"RELAY_MISCONFIGURED","mayRetry":false,"smtpCode":554,"enhancedCode":"5.6.0"',
    ])
      expect(server.stdout).toContain(said)
  })

  it('shows no code, credential or secret in the headers or body of any response', () => {
    expect(answers.length).toBeGreaterThan(300)
    const found = answers.flatMap((answer) => singing(canaries, answer))
    expect([...new Set(found)]).toEqual([])
  })

  it('shows no issued credential a second time', () => {
    expect(listed).toContain('shop')
    expect(singing(canaries, listed)).toEqual([])
  })

  it('keeps no code, credential or secret on the disk, in the store file or the files beside it', () => {
    const files = readdirSync(join(folder, 'data'))
    expect(files.sort()).toEqual(['risumail-otp.db', 'risumail-otp.db-shm', 'risumail-otp.db-wal'])
    for (const file of files)
      expect(singingButHashed(canaries, readFileSync(join(folder, 'data', file))), file).toEqual([])
    const codes = Object.fromEntries(Object.entries(canaries).filter(([name]) => /code/.test(name)))
    for (const file of files)
      expect(singing(codes, readFileSync(join(folder, 'data', file))), file).toEqual([])
    expect(readdirSync(folder)).toEqual(['data'])
  })

  it.runIf(process.platform === 'linux')('shows no code, credential or secret in the process list', () => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
      for (const file of ['cmdline', 'comm']) {
        let text = ''
        try {
          text = readFileSync(`/proc/${pid}/${file}`, 'utf8')
        } catch {} // the process has ended, or belongs to another user
        expect(singing(canaries, text)).toEqual([])
      }
  })
})
