import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Environment, unknownVariables } from '../server/config/variables.ts'
import { ConfigError, loadConfig } from '../server/config.ts'
import { temporaryFolder } from './support/temporary-folder.ts'

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

  it('takes a logo that is a small PNG or JPEG, and nothing else', () => {
    const folder = temporaryFolder()
    const file = (name: string, ...parts: (Buffer | string)[]) => {
      const path = join(folder, name)
      writeFileSync(path, Buffer.concat(parts.map((part) => Buffer.from(part))))
      return path
    }
    const png = Buffer.from('89504e470d0a1a0a', 'hex')
    const jpeg = Buffer.from('ffd8ffe0', 'hex')
    const logo = (path: string) => load({ MAIL_LOGO: path }).brand.logo
    expect(logo(file('logo.png', png, 'x'))).toEqual({
      contentType: 'image/png',
      base64: Buffer.concat([png, Buffer.from('x')]).toString('base64'),
    })
    expect(logo(file('logo.jpg', jpeg))?.contentType).toBe('image/jpeg')
    expect(() => logo(file('logo.svg', '<svg/>'))).toThrow('MAIL_LOGO must be a PNG or JPEG file')
    expect(() => logo(file('empty.png'))).toThrow('MAIL_LOGO must be a PNG or JPEG file')
    expect(() => logo(file('large.png', png, Buffer.alloc(64 * 1024)))).toThrow('must be 64 KiB or smaller')
    expect(() => logo(join(folder, 'none.png'))).toThrow('names a file that cannot be read (ENOENT)')
    expect(() => load({ MAIL_LOGO_ATTACHED: 'yes' })).toThrow('MAIL_LOGO_ATTACHED must be true or false')
  })

  it('requires OTP_SECRET and says how to make one', () => {
    expect(() => loadConfig({})).toThrow(/^OTP_SECRET is required\..*openssl rand/)
  })

  it('names every wrong variable at once, and repeats no secret', () => {
    const environment = { OTP_SECRET: 'hunter2', SMTP_URL: 'imap://user:hunter2@mail.example', PORT: 'x' }
    expect(() => load(environment)).toThrow(/PORT .*\n.*SMTP_URL .*\n.*OTP_SECRET /s)
    expect(() => load(environment)).not.toThrow(/hunter2/)
  })

  describe('a secret in a file', () => {
    const folder = temporaryFolder()
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const secrets: [name: string, value: string][] = [
      ['OTP_SECRET', `${secret},${secret}2`],
      ['SMTP_URL', 'smtps://user:hunter2@mail.example'],
      ['DATABASE_URL', 'postgres://user:hunter2@db.example/otp'],
      ['DKIM_PRIVATE_KEY', rsa.trimEnd()],
    ]
    const others = {
      DKIM_DOMAIN: 'acme.example',
      DKIM_SELECTOR: 'otp',
      DKIM_PRIVATE_KEY: rsa,
      OTP_SECRET: secret,
    }
    const without = (name: string) => ({ ...others, [name]: '' })

    it.each(secrets)('is read as if it stood in the variable: %s', (name, value) => {
      for (const end of ['', '\n', '\r\n', '\n\n']) {
        const inFile = loadConfig({ ...without(name), [`${name}_FILE`]: file(name, value + end) })
        expect(inFile).toEqual(loadConfig({ ...others, [name]: value }))
      }
    })

    it.each(secrets)(
      'is not taken beside the variable, nor from no file, nor from an empty one: %s',
      (name, value) => {
        const load =
          (path: string, own = '') =>
          () =>
            loadConfig({ ...others, [name]: own, [`${name}_FILE`]: path })
        expect(load(file(name, value), value)).toThrow(`${name} and ${name}_FILE are both set`)
        expect(load('/no/such/file')).toThrow(`${name}_FILE names a file that cannot be read (ENOENT)`)
        expect(load(folder)).toThrow(`${name}_FILE names a file that cannot be read (EISDIR)`)
        expect(load(file('empty', '\n'))).toThrow(`${name}_FILE names an empty file`)
        expect(load(file('wrong', 'hunter2 is wrong'))).toThrow(`${name}_FILE `)
        expect(load(file('wrong', 'hunter2 is wrong'))).not.toThrow(/hunter2/)
      },
    )
  })

  it('finds names that are nearly those of variables, and leaves all others alone', () => {
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

  it.each([
    ['sqlite::memory:', /a store in memory/],
    ['sqlite:file::memory:?cache=shared', /a store in memory/],
    ['sqlite://host/path', /must be sqlite:PATH or postgres/],
    ['mysql://user:hunter2@db.example/otp', /must be sqlite:PATH or postgres/],
    ['postgres://user:hun/ter2@db.example/otp', /percent-encode/],
    ['postgres://user:hunter2@db.example', /must name one database/],
    ['postgres://user:hunter2@db.example/a/b', /must name one database/],
    ['postgres://db.example/otp', /must contain a user and a host/],
    ['postgres://user:hunter2@one.example,two.example/otp', /must name one host/],
    ['postgres://user:hunter2@one.example:5432,two.example:5432/otp', /must name one host/],
    ['postgres://user:hunter2@db.example/otp#x', /fragment/],
    ['postgres://user:hunter%2@db.example/otp', /%25/],
    [
      'postgres://user:hunter2@db.example/otp?sslMode=disable',
      /unknown option sslMode; the known options are sslmode,/,
    ],
    ['postgres://user:hunter2@db.example/otp?sslmode=prefer', /value of sslmode/],
    ['postgres://user:hunter2@db.example/otp?prepare=no', /value of prepare/],
    ['postgres://user:hunter2@db.example/otp?pool=0', /value of pool/],
  ])('refuses DATABASE_URL=%s, says why, and repeats no password', (value, reason) => {
    expect(() => load({ DATABASE_URL: value })).toThrow(reason)
    expect(() => load({ DATABASE_URL: value })).not.toThrow(/hunter/)
  })

  it('reads where a PostgreSQL is, and asks for TLS that is checked unless it is on this machine', () => {
    const { database } = load({
      DATABASE_URL: 'postgresql://us%40er:p%2Fw@db.example:6432/o%20tp?prepare=false&pool=4',
    })
    expect(database).toEqual({
      engine: 'postgres',
      host: 'db.example',
      port: 6432,
      database: 'o tp',
      user: 'us@er',
      password: 'p/w',
      sslMode: 'verify-full',
      sslRootCertificate: undefined,
      isPrepared: false,
      poolSize: 4,
    })
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      expect(load({ DATABASE_URL: `postgres://u@${host}/otp` }).database).toMatchObject({
        sslMode: 'disable',
      })
    }
  })
})
