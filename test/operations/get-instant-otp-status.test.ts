import { describe } from 'vitest'
import {
  enforcesTheAllowlists,
  producedEveryDocumentedAnswer,
  refusesBadCredentials,
  requiresTheScope,
} from '../support/common-cases.ts'
import { instant } from '../support/flows.ts'
import { aStatus, byKey, limitsRequests } from '../support/request-limit-cases.ts'
import { useServer } from '../support/server.ts'
import { opensWithTheSecret, refusesOtherSessions, tellsTheStatus } from '../support/status-cases.ts'
import { survivesStoreTrouble } from '../support/store-cases.ts'

describe('getInstantOtpStatus', () => {
  const server = useServer()

  describe('200', () => tellsTheStatus(server, instant))
  refusesOtherSessions(server, instant)
  refusesBadCredentials(server, 'getInstantOtpStatus')
  requiresTheScope(server, 'getInstantOtpStatus')
  opensWithTheSecret(server)
  enforcesTheAllowlists(server, 'getInstantOtpStatus')
  const troubled = survivesStoreTrouble('getInstantOtpStatus')
  const limited = limitsRequests(byKey(instant), aStatus(instant))
  producedEveryDocumentedAnswer('getInstantOtpStatus', [server, limited, troubled])
})
