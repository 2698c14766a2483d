import { type Flow, flows } from '../../flows.ts'
import type { Verification as Item, VerificationPageResponse } from '../../generated/contract.ts'
import { isoTime } from '../../iso-time.ts'
import { listVerifications } from '../../otp/history.ts'
import type { SessionStore, Verification } from '../../otp/ports.ts'
import { isSandbox } from '../../sandbox.ts'
import type { Call, Handler, Reply } from '../types.ts'

export function listInstantOtpVerifications(sessions: SessionStore): Handler<'listInstantOtpVerifications'> {
  return async (call): Promise<Reply<'listInstantOtpVerifications'>> => ({
    status: 200,
    body: await list(sessions, flows.instant, call),
  })
}

export function listBackendOtpVerifications(sessions: SessionStore): Handler<'listBackendOtpVerifications'> {
  return async (call): Promise<Reply<'listBackendOtpVerifications'>> => ({
    status: 200,
    body: await list(sessions, flows.backend, call),
  })
}

export function listEmailVerifications(sessions: SessionStore): Handler<'listEmailVerifications'> {
  return async (call): Promise<Reply<'listEmailVerifications'>> => ({
    status: 200,
    body: await list(sessions, flows.emailVerification, call),
  })
}

async function list(
  sessions: SessionStore,
  flow: Flow,
  { query, caller }: Call<'listBackendOtpVerifications'>,
): Promise<VerificationPageResponse> {
  const { projectId } = caller.credential
  const sandbox = isSandbox(projectId)
  const { verifications, nextCursor } = await listVerifications(sessions, {
    flow,
    projectId,
    limit: query.limit,
    cursor: query.cursor,
    reference: query.reference,
  })
  return {
    success: true,
    data: {
      verifications: verifications.map((verification) => asItem(verification, sandbox)),
      ...(nextCursor === undefined ? {} : { nextCursor }),
    },
  }
}

// A page has up to 100 items, so this creates no intermediate objects.
function asItem(
  { id, email, sentAt, verifiedAt, reference, testRecipient }: Verification,
  sandbox: boolean,
): Item {
  const item: Item = { id, email, sentAt: isoTime(sentAt), verifiedAt: isoTime(verifiedAt) }
  if (reference !== null) item.reference = reference
  if (testRecipient !== null) item.testRecipient = true
  if (sandbox) item.sandbox = true
  return item
}
