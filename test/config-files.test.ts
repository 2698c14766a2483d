import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../server/config.ts'
import { load, secret } from './support/config.ts'
import { temporaryFolder } from './support/temporary-folder.ts'

const pem = { type: 'pkcs8', format: 'pem' } as const
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export(pem).toString()
const ed25519 = generateKeyPairSync('ed25519').privateKey.export(pem).toString()

describe('the configuration', () => {
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

  it('requires all three DKIM variables or none', () => {
    const dkim = { DKIM_DOMAIN: 'Acme.example', DKIM_SELECTOR: 'otp', DKIM_PRIVATE_KEY: rsa }
    expect(load(dkim).dkim).toEqual({ domain: 'acme.example', selector: 'otp', privateKey: rsa })
    for (const name of Object.keys(dkim)) {
      expect(() => load({ ...dkim, [name]: '' })).toThrow(new RegExp(`^${name} must be set too`))
    }
  })

  it('accepts only a small PNG or JPEG file as a logo', () => {
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

    it.each(secrets)('is read as if it were in the variable itself: %s', (name, value) => {
      for (const end of ['', '\n', '\r\n', '\n\n']) {
        const inFile = loadConfig({ ...without(name), [`${name}_FILE`]: file(name, value + end) })
        expect(inFile).toEqual(loadConfig({ ...others, [name]: value }))
      }
    })

    it.each(secrets)(
      'is refused if the variable is set too, or if the file is missing, empty or not valid: %s',
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
})
