import { describe, expect, it } from 'vitest'
import { refusesBadBodies } from '../support/body-cases.ts'
import {
  producedEveryDocumentedAnswer,
  refusesBadCredentials,
  requiresTheScope,
} from '../support/common-cases.ts'
import { reportsTheDelivery } from '../support/delivery-cases.ts'
import { emailVerification } from '../support/flows.ts'
import { repeatsSafely } from '../support/idempotency-cases.ts'
import { refusesBadFields, sendsACode } from '../support/send-cases.ts'
import { countsSends } from '../support/send-limit-cases.ts'
import { useServer } from '../support/server.ts'
import { survivesStoreTrouble } from '../support/store-cases.ts'

describe('sendEmailVerification', () => {
  const server = useServer()

  describe('200', () => {
    sendsACode(server, emailVerification)

    it('returns the URL of the hosted page, which contains the session id and nothing else', async () => {
      const api = server.client(await server.key())
      const { data } = await api.POST('/api/v1/email-verification/send', {
        body: { email: 'page@example.com' },
      })
      expect(data?.data.hostedVerifyUrl).toBe(
        `https://otp.acme.example/verify-email?sessionId=${data?.data.sessionId}`,
      )
    })
  })
  repeatsSafely(server, emailVerification)
  refusesBadFields(server, emailVerification)
  refusesBadBodies(server, 'sendEmailVerification')
  refusesBadCredentials(server, 'sendEmailVerification')
  requiresTheScope(server, 'sendEmailVerification')
  const limited = countsSends(emailVerification)
  const troubled = survivesStoreTrouble('sendEmailVerification')
  const delivering = reportsTheDelivery(emailVerification)
  producedEveryDocumentedAnswer('sendEmailVerification', [server, limited, troubled, ...delivering])
})
