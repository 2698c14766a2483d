import type { Mailbox } from '../address.ts'
import { OtpError } from '../errors.ts'
import type { PublicTokenTexts } from '../settings.ts'
import { offenseIn } from './plain-text.ts'

/** The texts that a caller may set in the email. */
export interface CallersTexts {
  subject?: string | undefined
  verificationLine?: string | undefined
  from?: Mailbox | undefined
}

const fields = ['subject', 'verificationLine', 'from'] as const

/**
 * Checks the texts of a send with a public token. Anyone can get such a token, and the email comes from the operator's
 * own address. With free text, anyone could write "your account is locked, go to …". So under `plain`, `subject`,
 * `verificationLine` and the name of `from` may contain nothing that an email program turns into a link. Under
 * `locked`, all three fields are refused.
 * @throws {OtpError} VALIDATION_FAILED naming every field that breaks the rule
 */
export function checkPublicTexts(policy: PublicTokenTexts, texts: CallersTexts): void {
  const details = fields.flatMap((field) => {
    const message = policy === 'locked' ? lockedMessage(texts[field]) : plainMessage(texts[field])
    return message === undefined ? [] : [{ path: `/${field}`, message }]
  })
  if (details.length > 0) throw new OtpError('VALIDATION_FAILED', { details })
}

function lockedMessage(given: string | Mailbox | undefined): string | undefined {
  return given === undefined ? undefined : 'cannot be set with a public token on this server'
}

function plainMessage(given: string | Mailbox | undefined): string | undefined {
  const isName = typeof given === 'object'
  const offense = offenseIn(isName ? given.name : (given ?? ''))
  return (
    offense &&
    `must be plain text when sent with a public token: ${offense.message} (character ${offense.position}${isName ? ' of the name' : ''})`
  )
}
