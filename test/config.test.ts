import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ConfigError, type Environment, loadConfig, variables } from '../server/config.ts'

const secret = 'x'.repeat(32)
const pem = { type: 'pkcs8', format: 'pem' } as const
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export(pem).toString()
const ed25519 = generateKeyPairSync('ed25519').privateKey.export(pem).toString()
const load = (environment: Environment) => loadConfig({ OTP_SECRET: secret, ...environment })

describe('the configuration', () => {
  it('needs nothing but OTP_SECRET', () => {
    const config = load({})
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      database: { engine: 'sqlite', path: './data/risumail-otp.db' },
      smtpUrl: undefined,
      smtpTimeoutMs: 8000,
      mailFrom: { name: '', address: 'no-reply@localhost' },
      brand: { name: '', accentColor: '#1d4ed8', supportAddress: undefined },
      dkim: undefined,
      publicUrl: 'http://localhost:3000',
      autofillHost: undefined,
      publicTokenTexts: 'plain',
      otpSecrets: [secret],
      limits: {
        perRecipient: { max: 5, windowMs: 900_000 },
        perCredential: { max: 600, windowMs: 60_000 },
        perAddress: { max: 30, windowMs: 600_000 },
        pagePerAddress: { max: 30, windowMs: 600_000 },
        guessesPerRecipient: { max: 50, windowMs: 86_400_000 },
      },
      retentionMs: 90 * 86_400_000,
      logLevel: 'info',
    })
  })

  it('reads every variable', () => {
    expect(
      load({
        PORT: '0',
        HOST: '::',
        DATABASE_URL: 'sqlite:/var/lib/otp.db',
        SMTP_URL: 'smtp://user:pass@mail.example:587',
        SMTP_TIMEOUT: '1500ms',
        MAIL_FROM: 'Acme <login@acme.example>',
        MAIL_BRAND_NAME: 'Müller & Söhne',
        MAIL_ACCENT_COLOR: '#FF8800',
        MAIL_SUPPORT_ADDRESS: 'help@acme.example',
        PUBLIC_URL: 'https://otp.acme.example/',
        PUBLIC_TOKEN_TEXTS: 'locked',
        OTP_SECRET: ` ${'a'.repeat(32)}, ${'b'.repeat(32)}`,
        LIMIT_PER_RECIPIENT: 'off',
        LOG_LEVEL: 'debug',
      }),
    ).toMatchObject({
      port: 0,
      host: '::',
      database: { engine: 'sqlite', path: '/var/lib/otp.db' },
      smtpUrl: 'smtp://user:pass@mail.example:587',
      smtpTimeoutMs: 1500,
      mailFrom: { name: 'Acme', address: 'login@acme.example' },
      brand: { name: 'Müller & Söhne', accentColor: '#ff8800', supportAddress: 'help@acme.example' },
      publicUrl: 'https://otp.acme.example',
      autofillHost: 'otp.acme.example',
      publicTokenTexts: 'locked',
      otpSecrets: ['a'.repeat(32), 'b'.repeat(32)],
      limits: { perRecipient: undefined },
      logLevel: 'debug',
    })
  })

  it.each([
    ['PORT', '70000'],
    ['PORT', '3000x'],
    ['PORT', '-1'],
    ['DATABASE_URL', 'postgres://localhost/otp'],
    ['DATABASE_URL', 'sqlite:'],
    ['SMTP_URL', 'mail.example:587'],
    ['SMTP_URL', 'https://mail.example'],
    ['SMTP_URL', 'smtp://'],
    ['SMTP_TIMEOUT', '8'],
    ['SMTP_TIMEOUT', '0s'],
    ['SMTP_TIMEOUT', '-8s'],
    ['SMTP_TIMEOUT', '6m'],
    ['HOST', '-x'],
    ['HOST', 'a b'],
    ['DATABASE_URL', 'sqlite: '],
    ['MAIL_FROM', 'Acme: Login <login@acme.example>'],
    ['MAIL_FROM', '=?utf-8?q?Acme?= <login@acme.example>'],
    ['LIMIT_PER_RECIPIENT', '5/31d'],
    ['MAIL_FROM', 'Acme'],
    ['MAIL_FROM', 'a@x.co, b@y.co'],
    ['MAIL_FROM', 'A\r\nBcc: b@y.co <a@x.co>'],
    ['MAIL_BRAND_NAME', 'x'.repeat(61)],
    ['MAIL_BRAND_NAME', 'Acme <login@acme.example>'],
    ['MAIL_BRAND_NAME', 'A\r\nBcc: b@y.co'],
    ['MAIL_BRAND_NAME', 'A\u202eB'],
    ['MAIL_BRAND_NAME', '=?utf-8?q?Acme?='],
    ['MAIL_ACCENT_COLOR', 'red'],
    ['MAIL_ACCENT_COLOR', '#fff'],
    ['MAIL_ACCENT_COLOR', '#1d4ed8;x'],
    ['MAIL_SUPPORT_ADDRESS', 'help'],
    ['MAIL_SUPPORT_ADDRESS', 'Help <help@acme.example>'],
    ['PUBLIC_TOKEN_TEXTS', 'free'],
    ['PUBLIC_URL', 'otp.example'],
    ['PUBLIC_URL', 'ftp://otp.example'],
    ['PUBLIC_URL', 'https://otp.example/?a=b'],
    ['OTP_SECRET', 'short'],
    ['OTP_SECRET', `${secret},short`],
    ['OTP_SECRET', `${secret},`],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.0/'],
    ['TRUSTED_PROXIES', '10.0.0/8'],
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['TRUSTED_PROXIES', '::1/129'],
    ['LIMIT_PER_RECIPIENT', '5'],
    ['LIMIT_PER_RECIPIENT', '0/15m'],
    ['LIMIT_PER_CREDENTIAL', '5/15'],
    ['LIMIT_PER_ADDRESS', '5 / 15m'],
    ['LIMIT_PAGE_PER_ADDRESS', '30'],
    ['LOG_LEVEL', 'verbose'],
  ])('refuses %s=%j and names the variable', (name, value) => {
    expect(() => load({ [name]: value })).toThrow(ConfigError)
    expect(() => load({ [name]: value })).toThrow(new RegExp(`^${name} `))
  })

  it.each([
    ['DKIM_DOMAIN', 'acme'],
    ['DKIM_DOMAIN', 'acme.example; s=x'],
    ['DKIM_SELECTOR', 'a b'],
    ['DKIM_PRIVATE_KEY', '/no/such/file.pem'],
    ['DKIM_PRIVATE_KEY', '-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----'],
    ['DKIM_PRIVATE_KEY', ed25519],
  ])('refuses %s=%j and repeats no key', (name, value) => {
    const dkim = { DKIM_DOMAIN: 'acme.example', DKIM_SELECTOR: 'otp', DKIM_PRIVATE_KEY: rsa, [name]: value }
    expect(() => load(dkim)).toThrow(new RegExp(`^${name} `))
    expect(() => load(dkim)).not.toThrow(/hunter2|PRIVATE KEY-/)
  })

  it('takes the three parts of DKIM together or not at all', () => {
    const dkim = { DKIM_DOMAIN: 'Acme.example', DKIM_SELECTOR: 'otp', DKIM_PRIVATE_KEY: rsa }
    expect(load(dkim).dkim).toEqual({ domain: 'acme.example', selector: 'otp', privateKey: rsa })
    for (const name of Object.keys(dkim)) {
      expect(() => load({ ...dkim, [name]: '' })).toThrow(new RegExp(`^${name} must be set too`))
    }
  })

  it('puts the brand before a sender that has no name, and nowhere else', () => {
    const name = (environment: Environment) => load({ MAIL_BRAND_NAME: 'Acme', ...environment }).mailFrom.name
    expect(name({})).toBe('Acme')
    expect(name({ MAIL_FROM: 'login@acme.example' })).toBe('Acme')
    expect(name({ MAIL_FROM: 'Till <login@acme.example>' })).toBe('Till')
  })

  it('requires OTP_SECRET and says how to make one', () => {
    expect(() => loadConfig({})).toThrow(/^OTP_SECRET is required\..*openssl rand/)
  })

  it('names every wrong variable at once, and repeats no secret', () => {
    const environment = { OTP_SECRET: 'hunter2', SMTP_URL: 'imap://user:hunter2@mail.example', PORT: 'x' }
    expect(() => load(environment)).toThrow(/PORT .*\n.*SMTP_URL .*\n.*OTP_SECRET /s)
    expect(() => load(environment)).not.toThrow(/hunter2/)
  })

  it('is documented in .env.example: every variable, its description, its default, and nothing else', () => {
    const documented = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
    const [, ...blocks] = documented.trimEnd().split('\n\n')
    const expected = Object.entries(variables).map(
      ([name, { description, fallback }]) =>
        `# ${description}\n${fallback === undefined ? '#' : ''}${name}=${fallback ?? ''}`,
    )
    expect(blocks).toEqual(expected)
  })
})
