import type { Mailbox } from '../address.ts'
import { OtpError } from '../errors.ts'
import { offenceIn } from './plain-text.ts'

/** `plain`: words, without links and addresses. `locked`: no text and no sender of the caller's at all. */
export type PublicTokenTexts = 'plain' | 'locked'

/** What a caller may put into the mail. */
export interface CallersTexts {
  subject?: string | undefined
  verificationLine?: string | undefined
  from?: Mailbox | undefined
}

const fields = ['subject', 'verificationLine', 'from'] as const

/**
 * Holds what a public token may say. Such a token is in everyone's hands, and the mail comes from the operator's own
 * address: with free text, anybody could have it say "your account is locked, go to …". So under `plain`, `subject`,
 * `verificationLine` and the name of `from` may hold nothing that a mail program turns into a link, and under `locked`
 * nothing is taken.
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
  return given === undefined ? undefined : 'is locked for public tokens on this server'
}

function plainMessage(given: string | Mailbox | undefined): string | undefined {
  const isName = typeof given === 'object'
  const offence = offenceIn(isName ? given.name : (given ?? ''))
  return (
    offence &&
    `must be plain words when it comes with a public token: ${offence.message} (character ${offence.position}${isName ? ' of the name' : ''})`
  )
}
