import { describe } from 'vitest'
import {
  producedEveryDocumentedAnswer,
  refusesBadCredentials,
  requiresTheScope,
} from '../support/common-cases.ts'
import { emailVerificationWithHistory } from '../support/flows.ts'
import { filtersByReference, listsTheHistory, refusesBadQueries } from '../support/list-cases.ts'
import { aList, limitsRequests } from '../support/request-limit-cases.ts'
import { useServer } from '../support/server.ts'
import { survivesStoreTrouble } from '../support/store-cases.ts'

describe('listEmailVerifications', () => {
  const server = useServer()

  describe('200', () => {
    listsTheHistory(server, emailVerificationWithHistory)
    filtersByReference(server, emailVerificationWithHistory)
  })
  refusesBadQueries(server, emailVerificationWithHistory)
  refusesBadCredentials(server, 'listEmailVerifications')
  requiresTheScope(server, 'listEmailVerifications')
  const troubled = survivesStoreTrouble('listEmailVerifications')
  const limited = limitsRequests(emailVerificationWithHistory, aList(emailVerificationWithHistory))
  producedEveryDocumentedAnswer('listEmailVerifications', [server, limited, troubled])
})
