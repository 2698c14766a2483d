import { describe } from 'vitest'
import { refusesBadBodies } from '../support/body-cases.ts'
import {
  enforcesTheAllowlists,
  producedEveryDocumentedAnswer,
  refusesBadCredentials,
  requiresTheScope,
} from '../support/common-cases.ts'
import { instant } from '../support/flows.ts'
import { aVerify, limitsRequests } from '../support/request-limit-cases.ts'
import { useServer } from '../support/server.ts'
import { survivesStoreTrouble } from '../support/store-cases.ts'
import { refusesTheRest, verifiesTheCode } from '../support/verify-cases.ts'

describe('verifyInstantOtp', () => {
  const server = useServer()

  describe('200', () => verifiesTheCode(server, instant))
  refusesTheRest(server, instant)
  refusesBadBodies(server, 'verifyInstantOtp')
  refusesBadCredentials(server, 'verifyInstantOtp')
  requiresTheScope(server, 'verifyInstantOtp')
  enforcesTheAllowlists(server, 'verifyInstantOtp')
  const troubled = survivesStoreTrouble('verifyInstantOtp')
  const limited = limitsRequests(instant, aVerify(instant))
  producedEveryDocumentedAnswer('verifyInstantOtp', [server, limited, troubled])
})
