import { beforeEach, describe, expect, it } from 'vitest'
import { noGuessLimits } from '../../server/otp/guesses.ts'
import { newest } from '../support/new-session.ts'
import { codeOf, sessionTools } from '../support/session-store.ts'
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
    const { issue, outcome } = sessionTools(store, () => now)

    describe('find', () => {
      it('finds a session by its id only for its own flow', async () => {
        await issue('found1', { locale: 'de', redirectUrl: 'https://acme.example/' })
        await outcome('found1', codeOf('x'))
        const found = await store().sessions.find('found1', 'backend')
        expect(found).toEqual({
          projectId: 'default',
          credentialId: 'key',
          reference: undefined,
          lifetimeMs: 1_000_000,
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
      it('returns verifications newest first, in pages without gaps, in byte order of the id if times are equal', async () => {
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
  },
  () => now,
)
