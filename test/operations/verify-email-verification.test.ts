import { describe } from 'vitest'
import { refusesBadBodies } from '../support/body-cases.ts'
import {
  producedEveryDocumentedAnswer,
  refusesBadCredentials,
  requiresTheScope,
} from '../support/common-cases.ts'
import { emailVerification } from '../support/flows.ts'
import { aVerify, limitsRequests } from '../support/request-limit-cases.ts'
import { useServer } from '../support/server.ts'
import { survivesStoreTrouble } from '../support/store-cases.ts'
import { refusesTheRest, verifiesTheCode } from '../support/verify-cases.ts'

describe('verifyEmailVerification', () => {
  const server = useServer()

  describe('200', () => verifiesTheCode(server, emailVerification))
  refusesTheRest(server, emailVerification)
  refusesBadBodies(server, 'verifyEmailVerification')
  refusesBadCredentials(server, 'verifyEmailVerification')
  requiresTheScope(server, 'verifyEmailVerification')
  const troubled = survivesStoreTrouble('verifyEmailVerification')
  const limited = limitsRequests(emailVerification, aVerify(emailVerification))
  producedEveryDocumentedAnswer('verifyEmailVerification', [server, limited, troubled])
})
