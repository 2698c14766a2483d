import { readFileSync } from 'node:fs'
import nodemailer from 'nodemailer'
import { describe, expect, it, vi } from 'vitest'
import { createSmtpMailer } from '../server/mail/smtp.ts'
import { mailerOptions } from './support/mailers.ts'
import { askRaw } from './support/raw-http.ts'
import { useServer } from './support/server.ts'
import { SmtpSink } from './support/smtp-sink.ts'

interface Locked {
  version?: string
  resolved?: string
  integrity?: string
  link?: boolean
  hasInstallScript?: boolean
}
interface Manifest {
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  allowScripts?: Record<string, boolean>
}

const read = <T>(path: string) =>
  JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')) as T
const manifest = read<Manifest>('package.json')
const manifests = {
  'package.json': manifest,
  'clients/typescript/package.json': read<Manifest>('clients/typescript/package.json'),
}
const { packages } = read<{ packages: Record<string, Locked> }>('package-lock.json')
// All other entries are this project and its workspace.
const fromRegistry = Object.entries(packages).filter(
  ([path, { link }]) => path.includes('node_modules/') && !link,
)
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

describe('the dependencies', () => {
  it('run no install script, except those that package.json names', () => {
    const withScripts = fromRegistry
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => nameOf(path))
    expect([...new Set(withScripts)].sort()).toEqual(Object.keys(manifest.allowScripts ?? {}).sort())
  })

  it.each(Object.entries(manifests))(
    'are pinned to one version in %s, and the lockfile has the same version',
    (path, found) => {
      const folder = path.replace('package.json', '')
      const wanted = { ...found.dependencies, ...found.devDependencies, ...found.optionalDependencies }
      expect(Object.keys(wanted).length).toBeGreaterThan(0)
      for (const [name, version] of Object.entries(wanted)) {
        expect(version, name).toMatch(/^\d+\.\d+\.\d+$/)
        const locked = packages[`${folder}node_modules/${name}`] ?? packages[`node_modules/${name}`]
        expect(locked?.version, name).toBe(version)
      }
    },
  )

  it('have a SHA-512 checksum in the lockfile, and the lockfile names no registry', () => {
    expect(fromRegistry.length).toBeGreaterThan(100)
    for (const [path, { integrity }] of fromRegistry)
      expect(integrity, path).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/)
    const places = Object.values(packages).flatMap(({ resolved }) => resolved ?? [])
    expect(places.filter((place) => place.includes(':'))).toEqual([])
  })
})

// Other tests cover the other traps:
// - boot.test.ts: an operation without a handler or a credential
// - operations/: types that a validator would convert, and fields that it would drop
// - guarantees/client-address.test.ts: proxies that nobody trusts
// - store/sqlite/collection.test.ts: native objects that are garbage-collected
describe('nodemailer', () => {
  it('receives a complete message, parses no address, and may read no file and fetch no URL', async () => {
    const created = vi.spyOn(nodemailer, 'createTransport')
    const sink = new SmtpSink()
    const mailer = createSmtpMailer(mailerOptions(await sink.start()))
    const transport = created.mock.results[0]?.value as ReturnType<typeof nodemailer.createTransport>
    const sent = vi.spyOn(transport, 'sendMail')
    await mailer.deliver({
      projectId: 'default',
      to: 'a@x.co',
      network: undefined,
      from: undefined,
      flow: 'backend',
      locale: undefined,
      subject: undefined,
      verificationLine: undefined,
      code: '123456',
      expiresInSeconds: 600,
      autofillHost: undefined,
      hostedVerifyUrl: undefined,
    })
    const { raw, signal, ...rest } = (sent.mock.calls[0]?.[0] ?? {}) as Record<string, unknown>
    created.mockRestore()
    mailer.close()
    await sink.stop()
    expect(transport.options).toMatchObject({ disableFileAccess: true, disableUrlAccess: true })
    expect(rest).toEqual({ envelope: { from: 'login@acme.example', to: ['a@x.co'] } })
    // It must be a string: an object could name a file or a URL.
    expect(typeof raw).toBe('string')
    expect(signal).toBeInstanceOf(AbortSignal)
  })
})

describe('Koa', () => {
  const server = useServer()

  it('ignores X-Forwarded-Host: a form from another origin is refused', async () => {
    const { status } = await askRaw(`${server.directUrl}/verify-email`, {
      method: 'POST',
      headers: {
        Origin: 'https://evil.example',
        'X-Forwarded-Host': 'evil.example',
        'X-Forwarded-Proto': 'https',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: 'sessionId=x&code=1',
    })
    expect(status).toBe(403)
  })
})
