import { beforeEach, describe, expect, it } from 'vitest'
import { noGuessLimits } from '../../server/otp/guesses.ts'
import type { IdempotencyClaim, SendLimit } from '../../server/otp/ports.ts'
import { newSession } from '../support/new-session.ts'
import { codeOf, hour, minute, sessionTools } from '../support/session-store.ts'
import { describeStores } from '../support/stores.ts'

// The promises of ports.ts. The clock stands still unless a test moves it.

const start = 1_000_000
let now = start
beforeEach(() => {
  now = start
})

describeStores(
  'the session store',
  (store) => {
    const { issued, limited, onePerMinute, issue } = sessionTools(store, () => now)

    describe('issue', () => {
      it('stores no send that is over a limit', async () => {
        expect(await issue('over1', {}, onePerMinute)).toEqual(issued())
        expect(await issue('over2', {}, onePerMinute)).toEqual(limited(minute + 1))
        expect(await store().sessions.find('over2', 'backend')).toBeUndefined()
      })

      it('counts a send in progress from its latest possible time, so that Retry-After is never too short', async () => {
        await issue('slow1', { deliveryMs: 8_000 }, onePerMinute)
        expect(await issue('slow2', {}, onePerMinute)).toEqual(limited(minute + 8_001))
      })

      it('counts a send from the time its email was accepted, so no window of the recipient exceeds the limit', async () => {
        await issue('accepted1', { deliveryMs: 8_000 }, onePerMinute)
        now += 5_000
        await store().sessions.markSent('accepted1')
        now += minute
        expect(await issue('accepted2', {}, onePerMinute)).toEqual(limited(1))
        now += 1
        expect(await issue('accepted2', {}, onePerMinute)).toEqual(issued())
      })

      it('does not count a send whose email failed', async () => {
        await issue('refused1', {}, onePerMinute)
        await store().sessions.markFailed('refused1')
        expect(await issue('refused2', {}, onePerMinute)).toEqual(issued())
      })

      it('applies separate limits to credential and client address, and returns what is left for the credential', async () => {
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
      it('lifts no limit, and blocks nobody for longer than one window', async () => {
        await issue('clock1', {}, onePerMinute)
        now -= hour
        expect(await issue('clock2', {}, onePerMinute)).toEqual(limited(minute + 1))
        now += minute
        expect(await issue('clock2', {}, onePerMinute)).toEqual(limited(1))
        now += 1
        expect(await issue('clock2', {}, onePerMinute)).toEqual(issued())
      })

      it('blocks nobody for longer than one window in a process that starts afterwards', async () => {
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

      it('is in use while its first send is in progress, and afterwards returns the result of that send', async () => {
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

      it('is no longer in use after the longest possible send, or if the outcome of the send is unknown', async () => {
        await issue('long1', withKey('b'))
        now += 10_000 + store().sessions.timeoutMs
        expect(await issue('long2', withKey('b'))).toEqual({ outcome: 'unknown', sessionId: 'long1' })
        await issue('lost1', withKey('c'))
        await store().sessions.markUnknown('lost1')
        expect(await issue('lost2', withKey('c'))).toEqual({ outcome: 'unknown', sessionId: 'lost1' })
      })

      it('is free again after a failed send, and is separate for each credential', async () => {
        await issue('free1', withKey('d'))
        expect(await issue('free2', { ...withKey('d'), credentialId: 'another' })).toEqual(issued())
        await store().sessions.markFailed('free1')
        expect(await issue('free3', withKey('d'))).toEqual(issued())
      })
    })
  },
  () => now,
)
