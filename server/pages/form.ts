import type { Context } from 'koa'
import { readBody } from '../read-body.ts'
import type { Trouble } from './answers.ts'

/** One of the two forms of the page. `code` and `email` are as typed, or empty if they are missing. */
export type Form =
  | { action: 'verify'; sessionId: string; code: string }
  | { action: 'send'; sessionId: string; email: string }

/** Returns the form in the body, or what is wrong with the body. Does not throw. */
export async function readForm(context: Context): Promise<Form | Trouble> {
  const body = await readBody(context, 'application/x-www-form-urlencoded')
  if ('text' in body) return fieldsOf(new URLSearchParams(body.text))
  if (body.problem === 'wrongType') return 'notAForm'
  return body.problem === 'tooLarge' ? 'tooLarge' : 'notUnderstood'
}

const names = ['sessionId', 'action', 'code', 'email']

// A proxy in front of us may read a repeated field differently, so we refuse it.
function fieldsOf(fields: URLSearchParams): Form | Trouble {
  const isRepeated = names.some((name) => fields.getAll(name).length > 1)
  const [sessionId, action = 'verify', code = '', email = ''] = names.map(
    (name) => fields.get(name) ?? undefined,
  )
  if (isRepeated || sessionId === undefined) return 'notUnderstood'
  if (action === 'verify') return { action, sessionId, code }
  return action === 'send' ? { action, sessionId, email } : 'notUnderstood'
}
