import { describe, expect, it } from 'vitest'
import { unknownVariables } from '../server/config/variables.ts'
import { ConfigError, loadConfig } from '../server/config.ts'
import { load, secret } from './support/config.ts'

describe('the configuration', () => {
  it('requires only OTP_SECRET', () => {
    const config = load({})
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      database: { engine: 'sqlite', path: './data/risumail-otp.db' },
      smtp: {
        routes: [],
        authorities: undefined,
        ehloName: 'localhost',
        maxConnections: 16,
      },
      smtpTimeoutMs: 8000,
      mailFrom: { name: '', address: 'no-reply@localhost' },
      brand: { name: '', accentColor: '#1d4ed8', supportAddress: undefined, logo: undefined },
      isLogoSent: false,
      dkim: undefined,
      areDocsServed: true,
      publicUrl: 'http://localhost:3000',
      autofillHost: undefined,
      publicTokenTexts: 'plain',
      otpSecrets: [secret],
      limits: {
        LIMIT_PER_RECIPIENT: { max: 5, windowMs: 900_000, name: 'LIMIT_PER_RECIPIENT' },
        LIMIT_PER_CREDENTIAL: { max: 600, windowMs: 60_000, name: 'LIMIT_PER_CREDENTIAL' },
        LIMIT_SHORT_GUESSES_PER_RECIPIENT: {
          max: 7,
          windowMs: 30 * 86_400_000,
          name: 'LIMIT_SHORT_GUESSES_PER_RECIPIENT',
        },
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
      smtp: {
        routes: [
          {
            host: 'mail.example',
            port: 587,
            isImplicitTls: false,
            requiresTls: true,
            login: { user: 'user', password: 'pass' },
          },
        ],
      },
      smtpTimeoutMs: 1500,
      mailFrom: { name: 'Acme', address: 'login@acme.example' },
      brand: {
        name: 'Müller & Söhne',
        accentColor: '#ff8800',
        supportAddress: 'help@acme.example',
        logo: undefined,
      },
      publicUrl: 'https://otp.acme.example',
      autofillHost: 'otp.acme.example',
      publicTokenTexts: 'locked',
      otpSecrets: ['a'.repeat(32), 'b'.repeat(32)],
      limits: { LIMIT_PER_RECIPIENT: undefined },
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

  it('requires OTP_SECRET and says how to make one', () => {
    expect(() => loadConfig({})).toThrow(/^OTP_SECRET is required\..*openssl rand/)
  })

  it('names all invalid variables at once, and repeats no secret', () => {
    const environment = { OTP_SECRET: 'hunter2', SMTP_URL: 'imap://user:hunter2@mail.example', PORT: 'x' }
    expect(() => load(environment)).toThrow(/PORT .*\n.*SMTP_URL .*\n.*OTP_SECRET /s)
    expect(() => load(environment)).not.toThrow(/hunter2/)
  })

  it('finds misspelled names of variables, and ignores all other names', () => {
    expect(
      unknownVariables({
        LIMIT_PER_RECIPENT: '1/1m',
        SMTP_URI: 'x',
        MAIL_FORM: 'x',
        OTP_SECRET_FIEL: 'x',
        OTP_SECRET_FILE: 'x',
        OTP_SECRET: 'x',
        MAIL: '/var/mail/root',
        PATH: '/bin',
        PORTS: '1',
      }),
    ).toEqual([
      { name: 'LIMIT_PER_RECIPENT', nearest: 'LIMIT_PER_RECIPIENT' },
      { name: 'SMTP_URI', nearest: 'SMTP_URL' },
      { name: 'MAIL_FORM', nearest: 'MAIL_FROM' },
      { name: 'OTP_SECRET_FIEL', nearest: 'OTP_SECRET_FILE' },
    ])
  })
})
