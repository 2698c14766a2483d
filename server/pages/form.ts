import type { Context } from 'koa'
import getRawBody from 'raw-body'
import type { Trouble } from './answers.ts'

const maxBodyBytes = 16 * 1024
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** One of the two forms of the page; `code` and `email` are as typed, and empty if there was none. */
export type Form =
  | { action: 'verify'; sessionId: string; code: string }
  | { action: 'send'; sessionId: string; email: string }

/** Reads the body as a form of the page, or says what is wrong with it. Does not throw. */
export async function readForm(context: Context): Promise<Form | Trouble> {
  const encoding = context.get('content-encoding').toLowerCase()
  const charset = context.request.charset.toLowerCase()
  const isForm = context.request.type.toLowerCase() === 'application/x-www-form-urlencoded'
  if (!isForm || !['', 'identity'].includes(encoding) || !['', 'utf-8', 'utf8'].includes(charset)) {
    return 'notAForm'
  }
  const length = context.request.length
  try {
    const bytes = await getRawBody(context.req, {
      limit: maxBodyBytes,
      ...(length === undefined ? {} : { length }),
    })
    return fieldsOf(new URLSearchParams(utf8.decode(bytes)))
  } catch (error) {
    context.set('Connection', 'close') // We do not read the rest of the body, so the connection cannot be reused.
    return (error as { type?: unknown }).type === 'entity.too.large' ? 'tooLarge' : 'notUnderstood'
  }
}

const names = ['sessionId', 'action', 'code', 'email']

// A proxy in front of us may read a repeated field differently, so we take none.
function fieldsOf(fields: URLSearchParams): Form | Trouble {
  const isRepeated = names.some((name) => fields.getAll(name).length > 1)
  const [sessionId, action = 'verify', code = '', email = ''] = names.map(
    (name) => fields.get(name) ?? undefined,
  )
  if (isRepeated || sessionId === undefined) return 'notUnderstood'
  if (action === 'verify') return { action, sessionId, code }
  return action === 'send' ? { action, sessionId, email } : 'notUnderstood'
}
