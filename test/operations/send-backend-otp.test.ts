import { describe } from 'vitest'
import {
  producedEveryDocumentedAnswer,
  refusesBadBodies,
  refusesBadCredentials,
  requiresTheScope,
  survivesStoreTrouble,
} from '../support/common-cases.ts'
import { backend } from '../support/flows.ts'
import { countsSends, refusesBadFields, reportsTheDelivery, sendsACode } from '../support/send-cases.ts'
import { useServer } from '../support/server.ts'

describe('sendBackendOtp', () => {
  const server = useServer()

  describe('200', () => sendsACode(server, backend))
  refusesBadFields(server, backend)
  refusesBadBodies(server, 'sendBackendOtp')
  refusesBadCredentials(server, 'sendBackendOtp')
  requiresTheScope(server, 'sendBackendOtp')
  const limited = countsSends(backend)
  const troubled = survivesStoreTrouble('sendBackendOtp')
  const delivering = reportsTheDelivery(backend)
  producedEveryDocumentedAnswer('sendBackendOtp', [server, limited, troubled, ...delivering])
})
