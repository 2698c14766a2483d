import { type Flow, flows } from '../../flows.ts'
import type { Verification as Item, VerificationsResponse } from '../../generated/contract.ts'
import { isoTime } from '../../iso-time.ts'
import { listVerifications } from '../../otp/history.ts'
import type { SessionStore, Verification } from '../../otp/ports.ts'
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
): Promise<VerificationsResponse> {
  const { verifications, nextCursor } = await listVerifications(sessions, {
    flow,
    projectId: caller.credential.projectId,
    limit: query.limit,
    cursor: query.cursor,
    reference: query.reference,
  })
  return {
    success: true,
    data: {
      verifications: verifications.map(asItem),
      ...(nextCursor === undefined ? {} : { nextCursor }),
    },
  }
}

// A page has up to a hundred of them, so no object is made twice.
function asItem({ id, email, sentAt, verifiedAt, reference }: Verification): Item {
  const item: Item = { id, email, sentAt: isoTime(sentAt), verifiedAt: isoTime(verifiedAt) }
  if (reference !== null) item.reference = reference
  return item
}
