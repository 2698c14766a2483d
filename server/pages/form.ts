import type { Context } from 'koa'
import getRawBody from 'raw-body'
import type { Trouble } from './answers.ts'

const maxBodyBytes = 16 * 1024
const utf8 = new TextDecoder('utf-8', { fatal: true })

export interface Form {
  sessionId: string
  /** As typed; empty if there was none. */
  code: string
}

/** Reads the body as the form of the page, or says what it is instead. Does not throw. */
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
    context.set('Connection', 'close') // The rest of the body is not read, so the connection cannot be reused.
    return (error as { type?: unknown }).type === 'entity.too.large' ? 'tooLarge' : 'notUnderstood'
  }
}

// A field that is given twice could be read otherwise by whoever stands in front of this server.
function fieldsOf(fields: URLSearchParams): Form | Trouble {
  const [sessionId, ...otherIds] = fields.getAll('sessionId')
  const [code = '', ...otherCodes] = fields.getAll('code')
  if (sessionId === undefined || otherIds.length > 0 || otherCodes.length > 0) return 'notUnderstood'
  return { sessionId, code }
}
