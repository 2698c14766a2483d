import { beforeEach, describe, expect, it } from 'vitest'
import { noGuessLimits } from '../../server/otp/guesses.ts'
import { guessLimit, newest } from '../support/new-session.ts'
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
    const { issue, attempt, outcome } = sessionTools(store, () => now)

    describe('the session before a resend', () => {
      it('is the one that was issued last, no matter when the emails of the others were accepted', async () => {
        await issue('order1')
        await issue('order2')
        await store().sessions.markSent('order2')
        await issue('order3')
        expect(await outcome('order3', codeOf('order1'))).toBe('wrong')
        expect(await outcome('order3', codeOf('order2'))).toBe('verified')
      })

      it('is an earlier session if the email of the last one fails after the resend', async () => {
        for (const id of ['past1', 'past2', 'past3']) await issue(id)
        expect(await outcome('past1', codeOf('x'))).toBe('wrong')
        expect(await outcome('past3', codeOf('x'))).toBe('wrong')
        await store().sessions.markFailed('past2')
        // Both guesses still count.
        for (let n = 0; n < 2; n++) expect(await outcome('past3', codeOf('x'))).toBe('wrong')
        expect(await outcome('past3', codeOf('past1'))).toBe('verified')
      })

      it('gives no attempts back if the email of the session in between fails', async () => {
        for (const id of ['spent1', 'spent2', 'spent3']) await issue(id)
        for (let n = 0; n < 3; n++) await outcome('spent1', codeOf('x'))
        for (let n = 0; n < 2; n++) await outcome('spent3', codeOf('x'))
        await store().sessions.markFailed('spent2')
        expect(await outcome('spent3', codeOf('spent3'))).toBe('exhausted')
      })

      it('no longer passes its code to the newer session once its own attempts are used up', async () => {
        await issue('few1', { maxAttempts: 3 })
        await issue('few2')
        for (let n = 0; n < 3; n++) expect(await outcome('few2', codeOf('x'))).toBe('wrong')
        expect(await outcome('few2', codeOf('few1'))).toBe('wrong')
        expect(await outcome('few2', codeOf('few2'))).toBe('verified')
      })

      it('loses its code when that code verifies the newer session, even if the clock goes back', async () => {
        await issue('twice1')
        await issue('twice2')
        expect(await outcome('twice2', codeOf('twice1'))).toBe('verified')
        expect(await outcome('twice1', codeOf('twice1'))).toBe('missing')
        now -= hour
        expect(await outcome('twice1', codeOf('twice1'))).toBe('wrong')
      })
    })

    describe('attempt', () => {
      it('verifies an emailed code even if no process recorded the send, and then records when it was sent', async () => {
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

      it('accepts the code under any of several secrets, but not from another project or flow', async () => {
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

      it('verifies no session whose email failed', async () => {
        await issue('failed1')
        await store().sessions.markFailed('failed1')
        expect(await outcome('failed1', codeOf('failed1'))).toBe('missing')
      })

      it('verifies until the session expires, but not at that moment', async () => {
        await issue('end1')
        await issue('end2', { projectId: 'default', canonicalRecipient: 'somebody else' })
        now += 999_999
        expect(await outcome('end1', codeOf('end1'))).toBe('verified')
        now += 1
        expect(await outcome('end2', codeOf('end2'))).toBe('missing')
      })

      it('does not count a refused guess, neither for the session nor for the recipient', async () => {
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

    it('counts no attempt if the typed code matches the length of neither this session nor the one before', async () => {
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

    describe('tries on the page', () => {
      it('are counted for each client separately, and refused tries are not counted', async () => {
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
