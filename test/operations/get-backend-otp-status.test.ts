import { describe } from 'vitest'
import {
  producedEveryDocumentedAnswer,
  refusesBadCredentials,
  requiresTheScope,
} from '../support/common-cases.ts'
import { backend } from '../support/flows.ts'
import { aStatus, byKey, limitsRequests } from '../support/request-limit-cases.ts'
import { useServer } from '../support/server.ts'
import { refusesOtherSessions, tellsTheStatus } from '../support/status-cases.ts'
import { survivesStoreTrouble } from '../support/store-cases.ts'

describe('getBackendOtpStatus', () => {
  const server = useServer()

  describe('200', () => tellsTheStatus(server, backend))
  refusesOtherSessions(server, backend)
  refusesBadCredentials(server, 'getBackendOtpStatus')
  requiresTheScope(server, 'getBackendOtpStatus')
  const troubled = survivesStoreTrouble('getBackendOtpStatus')
  const limited = limitsRequests(byKey(backend), aStatus(backend))
  producedEveryDocumentedAnswer('getBackendOtpStatus', [server, limited, troubled])
})
