import type { Flow } from '../flows.ts'

/**
 * Everything that a recipient reads, in one language. A language that lacks a text, or has one too many, does not
 * compile. `{name}` in a comment is what the function is given, ready for people.
 */
export interface Texts {
  /** `rtl` where the script runs from right to left. */
  direction: 'ltr' | 'rtl'
  mail: {
    subject: Record<Flow['name'], string>
    /** The same where the operator has a name, {brand}. */
    brandedSubject: Record<Flow['name'], (brand: string) => string>
    /** What an inbox shows beside the subject: {code}, and {duration} as below. */
    preheader(code: string, duration: string): string
    /** The instruction line before the code. */
    verificationLine: Record<Flow['name'], string>
    /** {duration} is a duration in words, such as "10 minutes". */
    expiry(duration: string): string
    /** Leads to the hosted page. */
    pageLink: string
    /** For whoever did not ask for the mail. */
    notAsked: string
    /** {address} is where the operator can be asked for help. */
    support(address: string): string
  }
  page: {
    title: string
    /** {address} is the masked address of the recipient. */
    enterCode(address: string): string
    codeLabel: string
    submit: string
    /** {attempts} is how many are left, 1 or more. */
    wrongCode(attempts: number): string
    /** The form came without a code. */
    missingCode: string
    attemptsUsedUp: string
    expired: string
    alreadyVerified: string
    unknownLink: string
    unavailable: string
    tooManyTries: string
    /** What came was not what the form of the page sends. */
    notUnderstood: string
    verified: string
    /** {host} is where the way back leads. */
    goBack(host: string): string
  }
}
