import type { Flow } from '../flows.ts'

/** What a page says: a heading that tells what happened, and a sentence below it. */
export interface Said {
  heading: string
  text: string
}

/**
 * Everything a recipient reads, in one language. A language with a missing or an extra text does not compile.
 * `{name}` in a comment is an argument of the function, already formatted for people.
 */
export interface Texts {
  /** `rtl` for scripts that run from right to left. */
  direction: 'ltr' | 'rtl'
  /** Where to get help: {address} is the operator's support address. */
  support(address: string): string
  mail: {
    subject: Record<Flow['name'], string>
    /** The subject if the operator has a name, {brand}. */
    brandedSubject: Record<Flow['name'], (brand: string) => string>
    /** Shown by an inbox next to the subject: {code}, and {duration} as below. */
    preheader(code: string, duration: string): string
    /** The heading at the top of the email. */
    heading: Record<Flow['name'], string>
    /** The instruction line before the code. */
    verificationLine: Record<Flow['name'], string>
    /** {duration} is a duration in words, such as "10 minutes". */
    expiry(duration: string): string
    /** Introduces the button. */
    pageLink: string
    /** The label of the button that leads to the hosted page. */
    button: string
    /** Why this email was sent: {address} is the recipient, {brand} the operator's name or empty. */
    sentTo(address: string, brand: string): string
    /** Advice for people who did not ask for the email. */
    notAsked: string
  }
  page: {
    open: string
    /** {address} is the masked address of the recipient. */
    enterCode(address: string): string
    codeLabel: string
    submit: string
    missingCode: Said
    /** {attempts} is how many are left, 1 or more. */
    wrongCode(attempts: number): Said
    attemptsUsedUp: Said
    expired: Said
    canceled: Said
    verified: Said
    alreadyVerified: Said
    /** Shown after success if the caller gave no redirectUrl. */
    closePage: string
    /** {host} is the site that the caller's redirectUrl leads to. */
    goBack(host: string): string
    unknownLink: Said
    /** {duration} is the wait in words. */
    tooManyTries(duration: string): Said
    unavailable: Said
    /** The request did not look like one that the page's forms send. */
    notUnderstood: Said
    /** The form that requests a new code. */
    resend: {
      /** Opens the form while the code can still be entered. */
      question: string
      instruction: string
      emailLabel: string
      submit: string
      sent: Said
      missingAddress: Said
      wrongAddress: Said
      /** {duration} is the wait in words. */
      wait(duration: string): Said
      notSent: Said
      /** The key that sent the first code may not send another one. */
      noNewCode: Said
    }
    /** The page at PUBLIC_URL itself. */
    home: Said
  }
}
