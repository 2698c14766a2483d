import type { CodeMail } from '../otp/delivery.ts'
import { type Language, languageOf, languages } from '../texts/languages.ts'
import { durationInWords } from './duration.ts'

/** What the operator puts on every mail. */
export interface Brand {
  /** Empty if the operator gave none. */
  name: string
  /** #rrggbb */
  accentColor: string
  supportAddress: string | undefined
}

/** What is the same in all mails of an installation. */
export interface MailSettings {
  brand: Brand
}

/** One part of the mail, from top to bottom. */
export type Block =
  | { kind: 'paragraph' | 'note'; text: string }
  /** A text of the caller's, in a language and a direction that nobody told us. */
  | { kind: 'foreign'; text: string }
  | { kind: 'code'; code: string }
  | { kind: 'link'; lead: string; url: string }
  | { kind: 'support'; text: string; address: string }

/** The mail before it is text or HTML: both parts are made from this and nothing else. */
export interface MailContent {
  language: Language
  direction: 'ltr' | 'rtl'
  brand: Brand
  subject: string
  /** What an inbox shows beside the subject. */
  preheader: string
  blocks: Block[]
  /** The code for autofill, `@host #123456`; only in the text. */
  autofill: string | undefined
}

/** Chooses the language and the texts of a mail. */
export function mailContent(mail: CodeMail, { brand }: MailSettings): MailContent {
  const language = languageOf(mail.locale ?? '')
  const { direction, mail: texts } = languages[language]
  const duration = durationInWords(language, mail.expiresInSeconds)
  const { subject, brandedSubject, verificationLine } = texts

  const blocks: Block[] = [
    mail.verificationLine === undefined
      ? { kind: 'paragraph', text: verificationLine[mail.flow] }
      : { kind: 'foreign', text: mail.verificationLine },
    { kind: 'code', code: mail.code },
    { kind: 'paragraph', text: texts.expiry(duration) },
  ]
  if (mail.hostedVerifyUrl !== undefined) {
    blocks.push({ kind: 'link', lead: texts.pageLink, url: mail.hostedVerifyUrl })
  }
  blocks.push({ kind: 'note', text: texts.notAsked })
  if (brand.supportAddress !== undefined) {
    const { supportAddress: address } = brand
    blocks.push({ kind: 'support', text: texts.support(address), address })
  }

  const usualSubject = brand.name === '' ? subject[mail.flow] : brandedSubject[mail.flow](brand.name)
  return {
    language,
    direction,
    brand,
    // A subject of nothing but white space would leave the mail without one.
    subject: mail.subject?.trim() ? mail.subject : usualSubject,
    preheader: texts.preheader(mail.code, duration),
    blocks,
    // https://developer.apple.com/documentation/security/enabling-autofill-for-domain-bound-sms-codes
    autofill: mail.autofillHost === undefined ? undefined : `@${mail.autofillHost} #${mail.code}`,
  }
}
