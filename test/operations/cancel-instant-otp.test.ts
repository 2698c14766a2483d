import { describe } from 'vitest'
import { refusesBadBodies } from '../support/body-cases.ts'
import { cancelsTheSession, refusesToCancel } from '../support/cancel-cases.ts'
import {
  producedEveryDocumentedAnswer,
  refusesBadCredentials,
  requiresTheScope,
} from '../support/common-cases.ts'
import { instant } from '../support/flows.ts'
import { aCancel, byKey, limitsRequests } from '../support/request-limit-cases.ts'
import { useServer } from '../support/server.ts'
import { survivesStoreTrouble } from '../support/store-cases.ts'

describe('cancelInstantOtp', () => {
  const server = useServer()

  describe('200', () => cancelsTheSession(server, instant))
  refusesToCancel(server, instant)
  refusesBadBodies(server, 'cancelInstantOtp')
  refusesBadCredentials(server, 'cancelInstantOtp')
  requiresTheScope(server, 'cancelInstantOtp')
  const troubled = survivesStoreTrouble('cancelInstantOtp')
  const limited = limitsRequests(byKey(instant), aCancel(instant))
  producedEveryDocumentedAnswer('cancelInstantOtp', [server, limited, troubled])
})
