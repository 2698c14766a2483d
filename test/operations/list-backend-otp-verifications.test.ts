import { describe } from 'vitest'
import {
  producedEveryDocumentedAnswer,
  refusesBadCredentials,
  requiresTheScope,
} from '../support/common-cases.ts'
import { backendWithHistory } from '../support/flows.ts'
import { filtersByReference, listsTheHistory, refusesBadQueries } from '../support/list-cases.ts'
import { aList, limitsRequests } from '../support/request-limit-cases.ts'
import { useServer } from '../support/server.ts'
import { survivesStoreTrouble } from '../support/store-cases.ts'

describe('listBackendOtpVerifications', () => {
  const server = useServer()

  describe('200', () => {
    listsTheHistory(server, backendWithHistory)
    filtersByReference(server, backendWithHistory)
  })
  refusesBadQueries(server, backendWithHistory)
  refusesBadCredentials(server, 'listBackendOtpVerifications')
  requiresTheScope(server, 'listBackendOtpVerifications')
  const troubled = survivesStoreTrouble('listBackendOtpVerifications')
  const limited = limitsRequests(backendWithHistory, aList(backendWithHistory))
  producedEveryDocumentedAnswer('listBackendOtpVerifications', [server, limited, troubled])
})
