import { describe, expect, it } from 'vitest'
import {
  enforcesTheAllowlists,
  producedEveryDocumentedAnswer,
  refusesBadCredentials,
} from '../support/common-cases.ts'
import { instantWithHistory } from '../support/flows.ts'
import { listsTheHistory, refusesBadQueries } from '../support/list-cases.ts'
import { aList, limitsRequests } from '../support/request-limit-cases.ts'
import { useServer } from '../support/server.ts'
import { survivesStoreTrouble } from '../support/store-cases.ts'
import { requestWith } from '../support/valid-requests.ts'

describe('listInstantOtpVerifications', () => {
  const server = useServer()

  describe('200', () => listsTheHistory(server, instantWithHistory))
  refusesBadQueries(server, instantWithHistory)
  refusesBadCredentials(server, 'listInstantOtpVerifications')

  describe('401 UNAUTHORIZED without the pair of token and analytics secret', () => {
    const statusWith = async (bearer: string, secret?: string) =>
      (
        await server.raw(
          'listInstantOtpVerifications',
          requestWith('listInstantOtpVerifications', `Bearer ${bearer}`, secret),
        )
      ).status

    it('refuses a token without its secret, with a wrong secret, and with the secret of another token', async () => {
      const { token, secret } = await server.token()
      const another = await server.token()
      expect(await statusWith(token)).toBe(401)
      expect(await statusWith(token, '')).toBe(401)
      expect(await statusWith(token, `${secret}0`)).toBe(401)
      expect(await statusWith(token, token)).toBe(401)
      expect(await statusWith(token, another.secret)).toBe(401)
      expect(await statusWith(token, secret)).toBe(200)
    })

    it('refuses a secret without its token, and a server key in place of the token', async () => {
      const { secret } = await server.token()
      expect(await statusWith('', secret)).toBe(401)
      expect(await statusWith(secret, secret)).toBe(401)
      expect(await statusWith(await server.key(), secret)).toBe(401)
    })
  })

  enforcesTheAllowlists(server, 'listInstantOtpVerifications')
  const troubled = survivesStoreTrouble('listInstantOtpVerifications')
  const limited = limitsRequests(instantWithHistory, aList(instantWithHistory))
  producedEveryDocumentedAnswer('listInstantOtpVerifications', [server, limited, troubled])
})
