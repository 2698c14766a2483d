import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { smtpLogin, smtpUrlWithLogin } from './support/canaries.ts'
import { newFolder, run } from './support/commands.ts'
import { TelltaleSmtp } from './support/telltale-smtp.ts'

const folder = newFolder()

describe('mail test', () => {
  const smtp = new TelltaleSmtp()
  let environment: Record<string, string> = {}
  beforeAll(async () => {
    environment = {
      OTP_SECRET: 'a-secret-of-the-tests-long-enough-to-be-one',
      MAIL_FROM: 'Acme <login@acme.example>',
      SMTP_URL: smtpUrlWithLogin(await smtp.start()),
    }
  })
  afterAll(() => smtp.stop())
  const test = (...args: string[]) =>
    run(folder, ['mail', 'test', '--to', 'operator@example.com', ...args], environment)

  it('sends one email, and prints the SMTP conversation without the login', async () => {
    const { code, stdout } = await test()
    expect(code).toBe(0)
    expect(stdout).toMatch(/^C: EHLO /m)
    expect(stdout).toMatch(/^C: MAIL FROM:<login@acme\.example>/m)
    expect(stdout).toMatch(/^C: RCPT TO:<operator@example\.com>/m)
    expect(stdout).toMatch(/^S: 250 .*\n(?:.*\n)*.*The mail server accepted the email\.\n$/m)
    expect(smtp.codes).toEqual(['000000'])
    const { user, password } = smtpLogin
    for (const secret of [password, btoa(`\0${user}\0${password}`), btoa(password)])
      expect(stdout).not.toContain(secret)
  })

  it.each(['login', 'sender', 'recipient', 'message'] as const)(
    'exits 1 if the %s is refused, says what to do, and prints no secret that the mail server repeats',
    async (refusal) => {
      smtp.refuses = refusal
      const { code, stdout } = await test('--json')
      smtp.refuses = 'nothing'
      smtp.hangUp()
      expect(code).toBe(1)
      expect(JSON.parse(stdout)).toMatchObject({ sent: false, delivery: { problem: `${refusal}-refused` } })
      const { user, password } = smtpLogin
      for (const secret of [password, encodeURIComponent(password), btoa(`\0${user}\0${password}`)])
        expect(stdout).not.toContain(secret)
    },
  )

  it('requires SMTP_URL and exactly one address', async () => {
    expect(
      await run(folder, ['mail', 'test', '--to', 'a@x.co'], { ...environment, SMTP_URL: '' }),
    ).toMatchObject({
      code: 1,
      stderr: 'error: SMTP_URL is not set\n',
    })
    expect((await run(folder, ['mail', 'test', '--to', 'a@x.co,b@y.co'], environment)).code).toBe(1)
  })
})
