import { beforeEach, describe, expect, it } from 'vitest'
import { noGuessLimits } from '../../server/otp/guesses.ts'
import type { IdempotencyClaim, NewSession, SendLimit } from '../../server/otp/ports.ts'
import { guessLimit, newest, newSession } from '../support/new-session.ts'
import { describeStores } from '../support/stores.ts'

// The promises of ports.ts. The clock stands still unless a test moves it.

const start = 1_000_000
let now = start
beforeEach(() => {
  now = start
})

const minute = 60_000
const hour = 60 * minute

/** The hash of a session's code in these tests. */
const codeOf = (id: string) => Buffer.alloc(32, id)

describeStores(
  'the store of sessions',
  (store) => {
    const issued = (quota?: object) => ({
      outcome: 'issued',
      expiresAt: now + 1_000_000,
      quota,
      isTestRecipient: false,
    })
    const limited = (retryAfterMs: number) => ({
      outcome: 'limited',
      isGuessLimit: false,
      limit: onePerMinute[0],
      retryAfterMs,
      quota: undefined,
    })
    const onePerMinute: SendLimit[] = [{ subject: 'recipient', max: 1, windowMs: minute }]

    /** Issues a session whose code is known. Its recipient is the id without the last character. */
    const issue = (id: string, overrides: Partial<NewSession> = {}, limits: SendLimit[] = []) => {
      const recipient = id.slice(0, -1)
      const known = { codeHash: codeOf(id), canonicalRecipient: recipient, countedRecipient: recipient }
      return store().sessions.issue(newSession(id, { ...known, ...overrides }), limits, noGuessLimits)
    }

    /** Types a code into a session. */
    const attempt = async (sessionId: string, code: Buffer, budget?: { max: number; windowMs: number }) =>
      store().sessions.attempt({
        sessionId,
        flow: 'backend',
        projectId: 'default',
        typedDigits: 6,
        hashesFor: () => [code],
        guesses: budget ? guessLimit(budget) : noGuessLimits,
        client: undefined,
      })
    const outcome = async (sessionId: string, code: Buffer) => (await attempt(sessionId, code)).outcome

    describe('issue', () => {
      it('stores no send that is over a limit', async () => {
        expect(await issue('over1', {}, onePerMinute)).toEqual(issued())
        expect(await issue('over2', {}, onePerMinute)).toEqual(limited(minute + 1))
        expect(await store().sessions.find('over2', 'backend')).toBeUndefined()
      })

      it('counts a send at the latest moment possible while it is under way, so that Retry-After is never too short', async () => {
        await issue('slow1', { deliveryMs: 8_000 }, onePerMinute)
        expect(await issue('slow2', {}, onePerMinute)).toEqual(limited(minute + 8_001))
      })

      it('counts a send from when its mail was accepted, so that no window at the recipient holds more', async () => {
        await issue('accepted1', { deliveryMs: 8_000 }, onePerMinute)
        now += 5_000
        await store().sessions.markSent('accepted1')
        now += minute
        expect(await issue('accepted2', {}, onePerMinute)).toEqual(limited(1))
        now += 1
        expect(await issue('accepted2', {}, onePerMinute)).toEqual(issued())
      })

      it('does not count a send whose mail failed', async () => {
        await issue('refused1', {}, onePerMinute)
        await store().sessions.markFailed('refused1')
        expect(await issue('refused2', {}, onePerMinute)).toEqual(issued())
      })

      it('holds the credential and the client address to limits of their own, and says what is left of the first', async () => {
        const limits: SendLimit[] = [
          { subject: 'recipient', max: 9, windowMs: minute },
          { subject: 'credential', max: 2, windowMs: hour },
          { subject: 'address', max: 1, windowMs: minute },
        ]
        const from = (address: string) => ({
          credentialId: 'shared',
          client: { credentialId: 'shared', address, network: 'network', isIpv6: false },
        })
        const quota = (remaining: number) => ({ max: 2, windowMs: hour, remaining, resetMs: hour })
        expect(await issue('quota1', from('::1'), limits)).toEqual(issued(quota(1)))
        expect(await issue('quota2', from('::1'), limits)).toMatchObject({
          outcome: 'limited',
          retryAfterMs: minute + 1,
        })
        expect(await issue('quota3', from('::2'), limits)).toEqual(issued(quota(0)))
        expect(await issue('quota4', from('::3'), limits)).toMatchObject({
          outcome: 'limited',
          retryAfterMs: hour + 1,
          quota: quota(0),
        })
      })
    })

    describe('a clock that goes back', () => {
      it('frees nobody from a limit, and blocks nobody for longer than one window', async () => {
        await issue('clock1', {}, onePerMinute)
        now -= hour
        expect(await issue('clock2', {}, onePerMinute)).toEqual(limited(minute + 1))
        now += minute
        expect(await issue('clock2', {}, onePerMinute)).toEqual(limited(1))
        now += 1
        expect(await issue('clock2', {}, onePerMinute)).toEqual(issued())
      })

      it('blocks nobody for longer in a process that starts afterwards', async () => {
        now += hour
        await issue('later1', {}, onePerMinute)
        now += 11_000 // the stored state of the clock is at most this old
        await issue('another1')
        now -= hour
        const later = await store().another()
        const session = newSession('later2', { countedRecipient: 'later' })
        const refused = await later.sessions.issue(session, onePerMinute, noGuessLimits)
        expect(refused).toEqual(limited(minute + 1 - 11_000))
      })
    })

    describe('the session before a resend', () => {
      it('is the one that was issued last, whenever the mails of the others were accepted', async () => {
        await issue('order1')
        await issue('order2')
        await store().sessions.markSent('order2')
        await issue('order3')
        expect(await outcome('order3', codeOf('order1'))).toBe('wrong')
        expect(await outcome('order3', codeOf('order2'))).toBe('verified')
      })

      it('is the one before that, if its mail fails after the resend', async () => {
        for (const id of ['past1', 'past2', 'past3']) await issue(id)
        expect(await outcome('past1', codeOf('x'))).toBe('wrong')
        expect(await outcome('past3', codeOf('x'))).toBe('wrong')
        await store().sessions.markFailed('past2')
        // Both guesses still count.
        for (let n = 0; n < 2; n++) expect(await outcome('past3', codeOf('x'))).toBe('wrong')
        expect(await outcome('past3', codeOf('past1'))).toBe('verified')
      })

      it('passes no attempt on that was used up at the session whose mail failed', async () => {
        for (const id of ['spent1', 'spent2', 'spent3']) await issue(id)
        for (let n = 0; n < 3; n++) await outcome('spent1', codeOf('x'))
        for (let n = 0; n < 2; n++) await outcome('spent3', codeOf('x'))
        await store().sessions.markFailed('spent2')
        expect(await outcome('spent3', codeOf('spent3'))).toBe('exhausted')
      })

      it('gives no code to the newer session any more once its own attempts are used up', async () => {
        await issue('few1', { maxAttempts: 3 })
        await issue('few2')
        for (let n = 0; n < 3; n++) expect(await outcome('few2', codeOf('x'))).toBe('wrong')
        expect(await outcome('few2', codeOf('few1'))).toBe('wrong')
        expect(await outcome('few2', codeOf('few2'))).toBe('verified')
      })

      it('loses its code with the newer session, also for a clock that goes back', async () => {
        await issue('twice1')
        await issue('twice2')
        expect(await outcome('twice2', codeOf('twice1'))).toBe('verified')
        expect(await outcome('twice1', codeOf('twice1'))).toBe('missing')
        now -= hour
        expect(await outcome('twice1', codeOf('twice1'))).toBe('wrong')
      })
    })

    describe('attempt', () => {
      it('verifies a code that was mailed even if no process lived to record it, and then knows when it was sent', async () => {
        await issue('orphan1', { projectId: 'orphans' })
        now += minute
        const wanted = {
          sessionId: 'orphan1',
          flow: 'backend',
          projectId: 'orphans',
          typedDigits: 6,
          guesses: noGuessLimits,
          client: undefined,
        } as const
        const hashesFor = () => [codeOf('orphan1')]
        expect(await store().sessions.attempt({ ...wanted, hashesFor })).toEqual({ outcome: 'verified' })
        expect(await store().sessions.listVerified(newest('orphans'))).toEqual([
          {
            ...{ id: 'orphan1', email: 'orphan', sentAt: start, verifiedAt: start + minute },
            ...{ reference: null, testRecipient: null },
          },
        ])
      })

      it('takes the code of a session under any of several secrets, and not that of another project or flow', async () => {
        await issue('secret1')
        const { sessions } = store()
        const wanted = {
          sessionId: 'secret1',
          typedDigits: 6,
          hashesFor: () => [codeOf('x'), codeOf('secret1')],
          guesses: noGuessLimits,
          client: undefined,
        }
        const own = { ...wanted, flow: 'backend', projectId: 'default' } as const
        expect(await sessions.attempt({ ...own, projectId: 'other' })).toEqual({ outcome: 'missing' })
        expect(await sessions.attempt({ ...own, flow: 'instant' })).toEqual({ outcome: 'missing' })
        expect(await sessions.attempt(own)).toEqual({ outcome: 'verified' })
      })

      it('verifies no session whose mail failed', async () => {
        await issue('failed1')
        await store().sessions.markFailed('failed1')
        expect(await outcome('failed1', codeOf('failed1'))).toBe('missing')
      })

      it('verifies until the session expires, and not at that moment', async () => {
        await issue('end1')
        await issue('end2', { projectId: 'default', canonicalRecipient: 'somebody else' })
        now += 999_999
        expect(await outcome('end1', codeOf('end1'))).toBe('verified')
        now += 1
        expect(await outcome('end2', codeOf('end2'))).toBe('missing')
      })

      it('counts a refused guess for nothing: no attempt of the session, no guess of the recipient', async () => {
        const budget = { max: 1, windowMs: hour }
        await issue('guess1')
        expect(await attempt('guess1', codeOf('x'), budget)).toMatchObject({
          outcome: 'wrong',
          attemptsLeft: 4,
        })
        now += minute / 2
        for (let n = 0; n < 9; n++) {
          expect(await attempt('guess1', codeOf('guess1'), budget)).toEqual({
            outcome: 'limited',
            limit: budget,
            retryAfterMs: hour + 1 - minute / 2,
          })
        }
        expect(await attempt('guess1', codeOf('guess1'))).toEqual({ outcome: 'verified' })
      })
    })

    it('costs nothing if the code has not the length that it must have, that of the session before included', async () => {
      await issue('length1', { otpDigits: 4 })
      await issue('length2', { otpDigits: 8 })
      const typed = (sessionId: string, typedDigits: number, code: Buffer) =>
        store().sessions.attempt({
          sessionId,
          flow: 'backend',
          projectId: 'default',
          typedDigits,
          hashesFor: () => [code],
          guesses: guessLimit({ max: 1, windowMs: hour }),
          client: undefined,
        })
      for (const digits of [0, 5, 6, 7, 9, 10]) {
        expect(await typed('length2', digits, codeOf('length2'))).toMatchObject({
          outcome: 'malformed',
          attemptsLeft: 5,
        })
      }
      expect(await store().sessions.find('length2', 'backend')).toMatchObject({ attemptsLeft: 5 })
      expect(await typed('length2', 4, codeOf('length1'))).toEqual({ outcome: 'verified' })
    })

    describe('an idempotency key', () => {
      const claim: IdempotencyClaim = {
        keyHash: codeOf('key'),
        requestHash: codeOf('request'),
        keptMs: 24 * hour,
      }
      const withKey = (key: string, request = 'request') => ({
        deliveryMs: 10_000,
        idempotency: { ...claim, keyHash: codeOf(key), requestHash: codeOf(request) },
      })

      it('is in use while its first send is under way, and answers for it once it was sent', async () => {
        const first = await issue('keyed1', withKey('a'))
        expect(await issue('keyed2', withKey('a'))).toEqual({ outcome: 'inProgress' })
        await store().sessions.markSent('keyed1')
        const { expiresAt } = first as { expiresAt: number }
        const repeated = { outcome: 'repeated', sessionId: 'keyed1', expiresAt }
        now += 24 * hour - 1
        expect(await issue('keyed3', withKey('a'))).toEqual(repeated)
        expect(await issue('keyed3', withKey('a', 'other'))).toEqual({ outcome: 'reused' })
        now += 1
        expect(await issue('keyed3', withKey('a', 'other'))).toEqual(issued())
      })

      it('is not in use any more when no send can last so long, or its outcome is unknown', async () => {
        await issue('long1', withKey('b'))
        now += 10_000 + store().sessions.timeoutMs
        expect(await issue('long2', withKey('b'))).toEqual({ outcome: 'unknown' })
        await issue('lost1', withKey('c'))
        await store().sessions.markUnknown('lost1')
        expect(await issue('lost2', withKey('c'))).toEqual({ outcome: 'unknown' })
      })

      it('is free again after a failed send, and in use for other credentials only by themselves', async () => {
        await issue('free1', withKey('d'))
        expect(await issue('free2', { ...withKey('d'), credentialId: 'another' })).toEqual(issued())
        await store().sessions.markFailed('free1')
        expect(await issue('free3', withKey('d'))).toEqual(issued())
      })
    })

    describe('find', () => {
      it('finds a session by its id only for its own flow', async () => {
        await issue('found1', { locale: 'de', redirectUrl: 'https://acme.example/' })
        await outcome('found1', codeOf('x'))
        const found = await store().sessions.find('found1', 'backend')
        expect(found).toEqual({
          projectId: 'default',
          email: 'user@example.com',
          canonicalRecipient: 'found',
          locale: 'de',
          redirectUrl: 'https://acme.example/',
          otpDigits: 6,
          attemptsLeft: 4,
          isExpired: false,
          isVerified: false,
          isCanceled: false,
          isFailed: false,
        })
        now += 1_000_000
        expect(await store().sessions.find('found1', 'backend')).toMatchObject({ isExpired: true })
        expect(await store().sessions.find('found1', 'email_verification')).toBeUndefined()
      })
    })

    describe('listVerified', () => {
      it('goes through completed verifications newest first, in pages without gaps, by bytes where times are equal', async () => {
        const ids = ['list_Z1', 'list_a1', 'list_B1', 'list_C1', 'list_é1']
        for (const id of ids) {
          await issue(id, { projectId: 'listed' })
          const wanted = {
            sessionId: id,
            flow: 'backend',
            projectId: 'listed',
            typedDigits: 6,
            guesses: noGuessLimits,
            client: undefined,
          } as const
          if (id === 'list_C1') now += 1
          await store().sessions.attempt({ ...wanted, hashesFor: () => [codeOf(id)] })
        }
        const page = (limit: number, position?: { verifiedAt: number; id: string }) =>
          store().sessions.listVerified({ ...newest('listed'), limit, position })
        const all = (await page(10)).map(({ id }) => id)
        expect(all).toEqual(['list_é1', 'list_C1', 'list_a1', 'list_Z1', 'list_B1'])
        const seen: string[] = []
        for (let last: { verifiedAt: number; id: string } | undefined; ; ) {
          const [next, ...none] = await page(1, last)
          expect(none).toEqual([])
          if (!next) break
          seen.push(next.id)
          last = next
        }
        expect(seen).toEqual(all)
      })
    })

    describe('tries on the page', () => {
      it('are counted for each client by itself, and refused ones not at all', async () => {
        const limit = { max: 2, windowMs: minute }
        const { tries } = store()
        expect(await tries.count('client', limit)).toBeUndefined()
        now += 10
        expect(await tries.count('client', limit)).toBeUndefined()
        expect(await tries.count('client', limit)).toEqual({ retryAfterMs: minute + 1 - 10 })
        expect(await tries.count('another client', limit)).toBeUndefined()
        now = start + minute + 1
        expect(await tries.count('client', limit)).toBeUndefined()
        expect(await tries.count('client', limit)).toEqual({ retryAfterMs: 10 })
      })
    })
  },
  () => now,
)
