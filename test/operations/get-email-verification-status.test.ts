import { describe } from 'vitest'
import {
  producedEveryDocumentedAnswer,
  refusesBadCredentials,
  requiresTheScope,
} from '../support/common-cases.ts'
import { emailVerification } from '../support/flows.ts'
import { aStatus, byKey, limitsRequests } from '../support/request-limit-cases.ts'
import { useServer } from '../support/server.ts'
import { refusesOtherSessions, tellsTheStatus } from '../support/status-cases.ts'
import { survivesStoreTrouble } from '../support/store-cases.ts'

describe('getEmailVerificationStatus', () => {
  const server = useServer()

  describe('200', () => tellsTheStatus(server, emailVerification))
  refusesOtherSessions(server, emailVerification)
  refusesBadCredentials(server, 'getEmailVerificationStatus')
  requiresTheScope(server, 'getEmailVerificationStatus')
  const troubled = survivesStoreTrouble('getEmailVerificationStatus')
  const limited = limitsRequests(byKey(emailVerification), aStatus(emailVerification))
  producedEveryDocumentedAnswer('getEmailVerificationStatus', [server, limited, troubled])
})
