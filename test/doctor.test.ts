import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../server/doctor/finding.ts'
import { certificate } from './support/certificate.ts'
import { changingProxy } from './support/changing-proxy.ts'
import { newFolder, run } from './support/commands.ts'
import { dnsServer } from './support/dns.ts'
import { hangsUp, isSilent, replies } from './support/fault-acts.ts'
import { FaultServer } from './support/fault-server.ts'
import { useServer } from './support/server.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const p = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
const good: Record<string, string[]> = {
  'acme.example': ['some-site-verification=1', 'v=spf1 include:_spf.mail.example -all'],
  'otp._domainkey.acme.example': [`v=DKIM1; k=rsa; p=${p}`],
  '_dmarc.acme.example': ['v=DMARC1; p=reject'],
}
let zone = good

/** A real DNS server that answers from `zone`. */
const dns = dnsServer((name) => zone[name])
let dnsAddress = ''
const relay = new FaultServer()
const server = useServer({ environment: { TRUSTED_PROXIES: '127.0.0.1' } })
const folder = newFolder()
let smtpUrl = ''
/** How the proxy in front of the server changes X-Forwarded-For. */
let forward: (given: string | undefined) => string | undefined = () => '198.51.100.20'
let more: Record<string, string> = {}
/** If set, the proxy answers every POST with this status itself. */
let status: number | undefined
const proxy = changingProxy(
  () => server.directUrl,
  () => ({ forward, more, status }),
)

beforeAll(async () => {
  const { udp } = (await dns.listen({ udp: { port: 0, address: '127.0.0.1' } as never })) as {
    udp: AddressInfo
  }
  dnsAddress = `127.0.0.1:${udp.port}`
  relay.extensions = ['STARTTLS', 'AUTH PLAIN']
  smtpUrl = `smtp://login:password@${await relay.start()}?requireTLS=true`
  writeFileSync(join(folder, 'ca.pem'), certificate.cert)
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await dns.close()
  await relay.stop()
  proxy.close()
})
afterEach(() => {
  zone = good
  relay.faults = {}
  forward = () => '198.51.100.20'
  more = {}
  status = undefined
})

async function doctor(environment: Record<string, string> = {}) {
  const { code, stdout, stderr } = await run(folder, ['doctor', '--dns', dnsAddress, '--json'], {
    DATABASE_URL: server.store.databaseUrl,
    OTP_SECRET: 'a-secret-of-the-tests-long-enough-to-be-one',
    MAIL_FROM: 'login@acme.example',
    PUBLIC_URL: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    SMTP_URL: smtpUrl,
    SMTP_CA_FILE: join(folder, 'ca.pem'),
    DKIM_DOMAIN: 'acme.example',
    DKIM_SELECTOR: 'otp',
    DKIM_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    ...environment,
  })
  expect(stderr).toBe('')
  const { findings, ok } = JSON.parse(stdout) as { findings: Finding[]; ok: boolean }
  expect(code).toBe(ok ? 0 : 1)
  const of = (check: string) => findings.find((finding) => finding.check.includes(check))
  return { code, findings, of, stdout }
}

describe('doctor', () => {
  it('reports no problem for a correct setup, sends no email, and leaves nothing behind', async () => {
    const before = relay.ledger.length
    const { findings, code } = await doctor()
    const bad = findings.filter(({ status, check }) => status !== 'ok' && check !== 'PUBLIC_URL')
    expect(bad).toEqual([])
    expect(code).toBe(0)
    expect(findings.map(({ check }) => check.replace(/127\.0\.0\.1:\d+/, 'relay'))).toEqual(
      expect.arrayContaining([
        ...['configuration', 'store', 'relay connection', 'relay TLS', 'relay login', 'relay sender'],
        ...['SPF of acme.example', 'DKIM at otp._domainkey.acme.example', 'DMARC of acme.example'],
        ...['PUBLIC_URL answers', 'clock', 'client addresses'],
      ]),
    )
    expect(relay.ledger.length).toBe(before)
    expect(await server.app.credentials.list('public_token')).toEqual([])
  })

  it.each<[string, Record<string, string[]>, string, RegExp]>([
    ['no SPF record', { ...good, 'acme.example': [] }, 'SPF', /v=spf1/],
    [
      'two SPF records',
      { ...good, 'acme.example': ['v=spf1 -all', 'v=spf1 mx -all'] },
      'SPF',
      /one TXT record/,
    ],
    ['no DKIM key', { ...good, 'otp._domainkey.acme.example': ['v=DKIM1; p='] }, 'DKIM', /Add a TXT record/],
    [
      'another DKIM key',
      { ...good, 'otp._domainkey.acme.example': ['v=DKIM1; p=AAAA'] },
      'DKIM',
      /Add a TXT record/,
    ],
    [
      'no DMARC record',
      {
        'acme.example': good['acme.example'] ?? [],
        'otp._domainkey.acme.example': good['otp._domainkey.acme.example'] ?? [],
      },
      'DMARC',
      /v=DMARC1/,
    ],
  ])('finds %s, and says what to add', async (_case, records, check, remedy) => {
    zone = records
    const found = (await doctor()).of(check)
    expect(found?.status).not.toBe('ok')
    expect(found?.remedy).toMatch(remedy)
  })

  it('accepts the DMARC record of the parent domain', async () => {
    zone = { ...good, 'mail.acme.example': ['v=spf1 -all'] }
    const { of } = await doctor({ MAIL_FROM: 'login@mail.acme.example' })
    expect(of('DMARC')?.status).toBe('ok')
    expect(of('DKIM')?.status).toBe('ok')
  })

  it('finds a DKIM domain that DMARC does not accept for the sender', async () => {
    zone = { ...good, 'other.example': ['v=spf1 -all'] }
    expect((await doctor({ MAIL_FROM: 'login@other.example' })).of('DKIM')).toMatchObject({
      status: 'problem',
    })
  })

  it.each([
    ['connect', replies('554 not you'), 'greeting', /SMTP_URL/],
    ['AUTH', replies('535 5.7.8 no'), 'auth', /user name and password/],
    ['MAIL', replies('550 5.7.1 no'), 'sender', /MAIL_FROM/],
    ['STARTTLS', replies('454 not now'), 'tls', /may accept it later|encrypted/],
  ] as const)('finds a mail server that refuses at %s', async (step, act, phase, remedy) => {
    relay.faults = { [step]: act }
    const { of, code } = await doctor()
    expect(code).toBe(1)
    expect(of(phase)).toMatchObject({ status: 'problem', remedy: expect.stringMatching(remedy) })
  })

  it.each(['connect', 'EHLO', 'AUTH', 'MAIL'] as const)(
    'finds a mail server that stops answering or disconnects at %s, within SMTP_TIMEOUT',
    async (step) => {
      for (const act of [isSilent, hangsUp]) {
        relay.faults = { [step]: act }
        const { code, findings } = await doctor({ SMTP_TIMEOUT: '500ms' })
        relay.dropAll()
        expect(code).toBe(1)
        expect(findings.filter(({ status }) => status === 'problem')).toHaveLength(1)
      }
    },
  )

  it('finds an untrusted certificate, and a mail server that cannot be reached', async () => {
    const untrusted = await doctor({ SMTP_CA_FILE: '' })
    expect(untrusted.of('tls')).toMatchObject({
      found: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT'),
      remedy: expect.stringContaining('SMTP_CA_FILE'),
    })
    expect((await doctor({ SMTP_URL: 'smtp://127.0.0.1:1' })).of('127.0.0.1:1 connect')).toMatchObject({
      status: 'problem',
      found: expect.stringContaining('ECONNREFUSED'),
    })
  })

  it('finds a proxy that lets callers forge their address, and warns if it cannot test the proxy', async () => {
    forward = (given) => given
    expect((await doctor()).of('client addresses')).toMatchObject({
      status: 'problem',
      remedy: expect.stringContaining('$remote_addr'),
    })
    status = 502
    expect((await doctor()).of('client addresses')).toMatchObject({
      status: 'warning',
      found: expect.stringContaining('could not find out'),
    })
  })

  it('finds a server that does not answer, and a clock that is wrong', async () => {
    expect((await doctor({ PUBLIC_URL: 'http://127.0.0.1:1' })).of('PUBLIC_URL answers')).toMatchObject({
      status: 'problem',
    })
    more = { 'x-request-id': '', date: 'Thu, 01 Jan 2026 00:00:00 GMT' }
    expect((await doctor()).of('clock')).toMatchObject({
      status: 'problem',
      remedy: expect.stringContaining('NTP'),
    })
  })

  it('names every invalid or misspelled variable, and creates no store', async () => {
    const wrong = await doctor({ PORT: 'x', SMTP_TIMEOUT: 'soon', LIMIT_PER_RECIPENT: '1/1m' })
    expect(wrong.findings.map(({ found }) => found)).toEqual([
      expect.stringContaining('LIMIT_PER_RECIPENT'),
      expect.stringContaining('PORT must be a port'),
      expect.stringContaining('SMTP_TIMEOUT must be a duration'),
    ])
    expect((await doctor({ DATABASE_URL: 'sqlite:nowhere/otp.db' })).of('store')?.found).toContain(
      'does not exist yet',
    )
  })

  it('prints findings and remedies as text without --json', async () => {
    const { stdout } = await run(folder, ['doctor', '--dns', dnsAddress], {
      DATABASE_URL: server.store.databaseUrl,
      OTP_SECRET: 'a-secret-of-the-tests-long-enough-to-be-one',
    })
    expect(stdout).toMatch(/^✓ configuration: /m)
    expect(stdout).toMatch(/^✗ mail: SMTP_URL is not set.*\n {4}Set SMTP_URL\.$/m)
  })
})
