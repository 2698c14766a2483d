import { describe, expect, it } from 'vitest'
import { noGuessLimits } from '../../server/otp/guesses.ts'
import { copyStore } from '../../server/store/copy.ts'
import { guessLimit, newest, newSession } from '../support/new-session.ts'
import { openKind, type StoreKind, storeKinds } from '../support/stores.ts'

const fewGuesses = { max: 9, windowMs: 3_600_000 }
const hour = 3_600_000
const codeHash = Buffer.alloc(32, 7)
const credential = {
  id: 'key_1',
  kind: 'server_key',
  projectId: 'default',
  name: 'Zoë',
  scopes: ['server_otp'],
  allowedAddresses: [],
  allowedOrigins: ['https://app.example'],
  allowedSenders: [],
  createdAt: 1,
  expiresAt: undefined,
  revokedAt: 2,
} as const

const [sqlite, postgres, unprepared] = storeKinds as [StoreKind, StoreKind, StoreKind]
const pairs = [
  [sqlite, sqlite],
  [sqlite, postgres],
  [postgres, sqlite],
  [unprepared, postgres],
].map(([from = sqlite, to = sqlite]) => ({ from, to, name: `${from.name} to ${to.name}` }))

describe.each(pairs)('copying from $name', ({ from, to }) => {
  if (!from.isHere || !to.isHere) {
    it.skip('needs PostgreSQL 13 or newer on this machine')
    return
  }
  const now = () => 1_000_000

  it('copies everything: keys, history, open sessions and counts', async () => {
    const [source, target] = [await openKind(from, { now }), await openKind(to, { now })]
    try {
      const hashes = { secretHash: 'hash', analyticsSecretHash: undefined }
      await source.credentials.insert(
        {
          ...credential,
          scopes: [...credential.scopes],
          allowedAddresses: [],
          deniedAddresses: [],
          allowedOrigins: [...credential.allowedOrigins],
          allowedSenders: [],
        },
        hashes,
      )
      const limits = [{ subject: 'recipient', max: 600, windowMs: hour } as const]
      const issue = (id: string) => newSession(id, { codeHash, maxAttempts: 5 })
      const idempotency = { keyHash: Buffer.alloc(32, 1), requestHash: Buffer.alloc(32, 2), keptMs: hour }
      // More than one page of sessions, whose ids are not in the order of their issue.
      for (let n = 0; n < 599; n++)
        await source.sessions.issue(issue(`id-${(n * 7919) % 599}`), limits, noGuessLimits)
      await source.sessions.issue({ ...issue('last'), idempotency }, limits, noGuessLimits)
      const attempt = (store: typeof source, sessionId: string, hash: Buffer) =>
        store.sessions.attempt({
          sessionId,
          flow: 'backend',
          projectId: 'default',
          typedDigits: 6,
          hashesFor: () => [hash],
          guesses: {
            ...guessLimit({ max: 4, windowMs: hour }),
            address: { all: fewGuesses, short: undefined },
          },
          client: { credentialId: 'token', address: '192.0.2.1', network: '192.0.2.0/24', isIpv6: false },
        })
      await attempt(source, 'id-5', codeHash)
      await attempt(source, 'last', Buffer.alloc(32))

      const progress: string[] = []
      const copied = await copyStore(source.engine, target.engine, ({ table, copied: done, of }) =>
        progress.push(`${table} ${done}/${of}`),
      )
      expect(copied).toEqual({
        ...{
          projects: 1,
          audit: 0,
          credentials: 1,
          sessions: 600,
          idempotency_keys: 1,
          tallies: 1,
          tries: 2,
          test_recipients: 0,
        },
        ...{ webhook_endpoints: 0, webhook_events: 0, webhook_deliveries: 0 },
      })
      expect(progress).toContain('sessions 500/600')
      expect(await target.credentials.findByHash('server_key', 'hash')).toEqual(
        await source.credentials.findByHash('server_key', 'hash'),
      )
      expect(await target.sessions.listVerified(newest('default'))).toMatchObject([{ id: 'id-5' }])
      expect(await target.sessions.issue(issue('more'), limits, noGuessLimits)).toMatchObject({
        outcome: 'limited',
      })
      expect(await target.sessions.issue({ ...issue('again'), idempotency }, [], noGuessLimits)).toEqual({
        outcome: 'inProgress',
      })
      expect(await attempt(target, 'last', Buffer.alloc(32))).toMatchObject({ outcome: 'wrong' })
      expect(await attempt(target, 'last', codeHash)).toMatchObject({ outcome: 'limited' })
    } finally {
      await source.remove()
      await target.remove()
    }
  })

  it('refuses a target that is not empty, and changes nothing in it', async () => {
    const [source, target] = [await openKind(from, { now }), await openKind(to, { now })]
    try {
      await target.tries.count('client', { max: 1, windowMs: hour })
      await source.sessions.issue(newSession('x'), [], noGuessLimits)
      await expect(copyStore(source.engine, target.engine, () => {})).rejects.toThrow(
        'it is not empty: the table tries',
      )
      expect(await target.sessions.find('x', 'backend')).toBeUndefined()
    } finally {
      await source.remove()
      await target.remove()
    }
  })
})
