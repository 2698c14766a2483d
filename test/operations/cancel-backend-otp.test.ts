import { describe } from 'vitest'
import { refusesBadBodies } from '../support/body-cases.ts'
import { cancelsTheSession, refusesToCancel } from '../support/cancel-cases.ts'
import {
  producedEveryDocumentedAnswer,
  refusesBadCredentials,
  requiresTheScope,
} from '../support/common-cases.ts'
import { backend } from '../support/flows.ts'
import { aCancel, byKey, limitsRequests } from '../support/request-limit-cases.ts'
import { useServer } from '../support/server.ts'
import { survivesStoreTrouble } from '../support/store-cases.ts'

describe('cancelBackendOtp', () => {
  const server = useServer()

  describe('200', () => cancelsTheSession(server, backend))
  refusesToCancel(server, backend)
  refusesBadBodies(server, 'cancelBackendOtp')
  refusesBadCredentials(server, 'cancelBackendOtp')
  requiresTheScope(server, 'cancelBackendOtp')
  const troubled = survivesStoreTrouble('cancelBackendOtp')
  const limited = limitsRequests(byKey(backend), aCancel(backend))
  producedEveryDocumentedAnswer('cancelBackendOtp', [server, limited, troubled])
})
