import { describe } from 'vitest'
import { refusesBadBodies } from '../support/body-cases.ts'
import {
  producedEveryDocumentedAnswer,
  refusesBadCredentials,
  requiresTheScope,
} from '../support/common-cases.ts'
import { reportsTheDelivery } from '../support/delivery-cases.ts'
import { backend } from '../support/flows.ts'
import { repeatsSafely } from '../support/idempotency-cases.ts'
import { refusesBadFields, sendsACode } from '../support/send-cases.ts'
import { countsSends } from '../support/send-limit-cases.ts'
import { useServer } from '../support/server.ts'
import { survivesStoreTrouble } from '../support/store-cases.ts'

describe('sendBackendOtp', () => {
  const server = useServer()

  describe('200', () => sendsACode(server, backend))
  repeatsSafely(server, backend)
  refusesBadFields(server, backend)
  refusesBadBodies(server, 'sendBackendOtp')
  refusesBadCredentials(server, 'sendBackendOtp')
  requiresTheScope(server, 'sendBackendOtp')
  const limited = countsSends(backend)
  const troubled = survivesStoreTrouble('sendBackendOtp')
  const delivering = reportsTheDelivery(backend)
  producedEveryDocumentedAnswer('sendBackendOtp', [server, limited, troubled, ...delivering])
})
