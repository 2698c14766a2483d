import { describe } from 'vitest'
import { refusesBadBodies } from '../support/body-cases.ts'
import { cancelsTheSession, refusesToCancel } from '../support/cancel-cases.ts'
import {
  producedEveryDocumentedAnswer,
  refusesBadCredentials,
  requiresTheScope,
} from '../support/common-cases.ts'
import { emailVerification } from '../support/flows.ts'
import { aCancel, byKey, limitsRequests } from '../support/request-limit-cases.ts'
import { useServer } from '../support/server.ts'
import { survivesStoreTrouble } from '../support/store-cases.ts'

describe('cancelEmailVerification', () => {
  const server = useServer()

  describe('200', () => cancelsTheSession(server, emailVerification))
  refusesToCancel(server, emailVerification)
  refusesBadBodies(server, 'cancelEmailVerification')
  refusesBadCredentials(server, 'cancelEmailVerification')
  requiresTheScope(server, 'cancelEmailVerification')
  const troubled = survivesStoreTrouble('cancelEmailVerification')
  const limited = limitsRequests(byKey(emailVerification), aCancel(emailVerification))
  producedEveryDocumentedAnswer('cancelEmailVerification', [server, limited, troubled])
})
