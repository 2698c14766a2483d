import { describe } from 'vitest'
import { refusesBadBodies } from '../support/body-cases.ts'
import {
  producedEveryDocumentedAnswer,
  refusesBadCredentials,
  requiresTheScope,
} from '../support/common-cases.ts'
import { backend } from '../support/flows.ts'
import { aVerify, limitsRequests } from '../support/request-limit-cases.ts'
import { useServer } from '../support/server.ts'
import { survivesStoreTrouble } from '../support/store-cases.ts'
import { refusesTheRest, verifiesTheCode } from '../support/verify-cases.ts'

describe('verifyBackendOtp', () => {
  const server = useServer()

  describe('200', () => verifiesTheCode(server, backend))
  refusesTheRest(server, backend)
  refusesBadBodies(server, 'verifyBackendOtp')
  refusesBadCredentials(server, 'verifyBackendOtp')
  requiresTheScope(server, 'verifyBackendOtp')
  const troubled = survivesStoreTrouble('verifyBackendOtp')
  const limited = limitsRequests(backend, aVerify(backend))
  producedEveryDocumentedAnswer('verifyBackendOtp', [server, limited, troubled])
})
