import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSmtpUrl } from '../../server/config/smtp.ts'
import { certificate } from '../support/certificate.ts'
import { hangsUp, isSilent, replies } from '../support/fault-acts.ts'
import type { Act, Step } from '../support/fault-server.ts'
import { runs } from '../support/properties.ts'
import { oneMail, relayWith } from '../support/relays.ts'

describe('TLS', () => {
  it('is required unless the host is this machine or the operator turns it off, which a login forbids', () => {
    const requires = (url: string) => parseSmtpUrl(url).requiresTls
    for (const host of [
      'mail.example',
      '192.0.2.7',
      '[2001:db8::1]',
      'localhost.example',
      '127.0.0.1.example',
    ]) {
      expect(requires(`smtp://${host}`), host).toBe(true)
      expect(requires(`smtp://u:p@${host}:25`), host).toBe(true)
      expect(requires(`smtps://u:p@${host}`), host).toBe(true)
      expect(requires(`smtp://${host}?requireTLS=false`), host).toBe(false)
      expect(() => requires(`smtp://u:p@${host}?requireTLS=false`), host).toThrow(/never sent without TLS/)
    }
    for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '[::1]']) {
      expect(requires(`smtp://u:p@${host}`), host).toBe(false)
      expect(requires(`smtp://u:p@${host}?requireTLS=true`), host).toBe(true)
    }
  })

  const acts: [string, Act | undefined][] = [
    ['as usual', undefined],
    ['refuses', replies('500 5.5.1 unknown')],
    ['refuses for now', replies('454 4.7.0 not available')],
    ['goes on and adds a reply of its own', replies('220 go on\r\n250 fine')],
    ['says yes to everything', replies('250 fine')],
    ['hangs up', hangsUp],
    ['is silent', isSilent],
  ]
  const relays = fc.record({
    extensions: fc.subarray([
      'STARTTLS',
      'AUTH PLAIN',
      'AUTH LOGIN',
      'AUTH CRAM-MD5',
      'PIPELINING',
      'SMTPUTF8',
    ]),
    step: fc.constantFrom<Step>('connect', 'EHLO', 'STARTTLS', 'AUTH'),
    act: fc.constantFrom(...acts),
    isTrusted: fc.boolean(),
  })

  it('if required, starts before login, address and code are sent, whatever the relay offers, refuses or claims', async () => {
    const outcomes = { delivered: 0, failed: 0 }
    await fc.assert(
      fc.asyncProperty(relays, async ({ extensions, step, act: [, act], isTrusted }) => {
        const { relay, mailer } = await relayWith(act ? { [step]: act } : {}, {
          extensions,
          query: '?requireTLS=true',
          timeoutMs: 150,
          ...(isTrusted && { authorities: certificate.cert }),
        })
        const isDelivered = await mailer.deliver(oneMail).then(
          () => true,
          () => false,
        )
        outcomes[isDelivered ? 'delivered' : 'failed']++
        if (isDelivered) expect({ isTrusted, extensions }).toMatchObject({ isTrusted: true })
        expect(relay.heardInClear).not.toMatch(/^(?:AUTH|MAIL|RCPT|DATA)/m)
        expect(relay.heardInClear).not.toContain(oneMail.to)
        expect(relay.heardInClear).not.toContain(oneMail.code)
        expect(relay.ledger.filter(({ isEncrypted }) => !isEncrypted)).toEqual([])
      }),
      runs({ quick: 60, long: 1_000 }),
    )
    expect(outcomes.delivered).toBeGreaterThan(0)
    expect(outcomes.failed).toBeGreaterThan(0)
  })
})
