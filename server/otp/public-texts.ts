import { OtpError } from '../errors.ts'

/** `plain`: words, without links and addresses. `locked`: no text and no sender of the caller's at all. */
export type PublicTokenTexts = 'plain' | 'locked'

/** What a caller may put into the mail. */
export interface CallersTexts {
  subject?: string | undefined
  verificationLine?: string | undefined
  from?: unknown
}

/**
 * Holds what a public token may say. Such a token is in everyone's hands, and the mail comes from the operator's own
 * address: with free text, anybody could have it say "your account is locked, go to …". So under `plain`, `subject`
 * and `verificationLine` may hold nothing that a mail program turns into a link, and under `locked` nothing is taken.
 * @throws {OtpError} VALIDATION_FAILED naming every field that breaks the rule
 */
export function checkPublicTexts(policy: PublicTokenTexts, texts: CallersTexts): void {
  const fields = policy === 'locked' ? (['subject', 'verificationLine', 'from'] as const) : textFields
  const details = fields
    .filter((field) => texts[field] !== undefined && (policy === 'locked' || leadsAway(String(texts[field]))))
    .map((field) => ({
      path: `/${field}`,
      message:
        policy === 'locked'
          ? 'is locked for public tokens on this server'
          : 'must hold no link, no domain and no @ when it comes with a public token',
    }))
  if (details.length > 0) throw new OtpError('VALIDATION_FAILED', { details })
}

const textFields = ['subject', 'verificationLine'] as const

// Mail programs link bare domains too, with and without a path, and addresses of numbers.
const link =
  /@|:\/\/|\bwww\.|[\p{L}\p{N}]\.(?:xn--[a-z0-9-]+|\p{L}{2,})(?![\p{L}\p{N}])|\d\.\d{1,3}\.\d{1,3}\.\d/iu

/** True if something in the text could be a link, however its letters are disguised. */
function leadsAway(text: string): boolean {
  // Full-width letters look and work like their plain ones; what is invisible must not stand between two parts.
  return link.test(text.normalize('NFKC').replace(/[\p{Cf}\p{M}]/gu, ''))
}
