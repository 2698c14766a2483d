import type { Brand } from '../brand.ts'
import type { CodeMail } from '../otp/delivery.ts'
import { durationInWords } from '../texts/duration.ts'
import { type Language, languageOf, languages } from '../texts/languages.ts'

/** One part of the email, from top to bottom. */
export type Block =
  | { kind: 'heading' | 'paragraph' | 'note'; text: string }
  /** A text from the caller. Its language and direction are unknown. */
  | { kind: 'foreign'; text: string }
  | { kind: 'code'; code: string }
  | { kind: 'button'; lead: string; label: string; url: string }
  /** A note that names an address. */
  | { kind: 'addressed'; text: string; address: string; isLink: boolean }

/** The email before it becomes text or HTML: both parts are made from this and nothing else. */
export interface MailContent {
  language: Language
  direction: 'ltr' | 'rtl'
  brand: Brand
  subject: string
  /** Shown by an inbox next to the subject. */
  preheader: string
  blocks: Block[]
  /** The code for autofill, `@host #123456`; only in the text part. */
  autofill: string | undefined
}

/** Chooses the language and the texts of an email. */
export function mailContent(mail: CodeMail, brand: Brand): MailContent {
  const language = languageOf(mail.locale ?? '')
  const { direction, support, mail: texts } = languages[language]
  const duration = durationInWords(language, mail.expiresInSeconds)
  const { subject, brandedSubject, verificationLine } = texts

  const blocks: Block[] = [
    { kind: 'heading', text: texts.heading[mail.flow] },
    mail.verificationLine === undefined
      ? { kind: 'paragraph', text: verificationLine[mail.flow] }
      : { kind: 'foreign', text: mail.verificationLine },
    { kind: 'code', code: mail.code },
    { kind: 'paragraph', text: texts.expiry(duration) },
  ]
  if (mail.hostedVerifyUrl !== undefined) {
    blocks.push({ kind: 'button', lead: texts.pageLink, label: texts.button, url: mail.hostedVerifyUrl })
  }
  blocks.push({ kind: 'note', text: texts.notAsked })
  blocks.push({
    kind: 'addressed',
    text: texts.sentTo(mail.to, brand.name),
    address: mail.to,
    isLink: false,
  })
  if (brand.supportAddress !== undefined) {
    const { supportAddress: address } = brand
    blocks.push({ kind: 'addressed', text: support(address), address, isLink: true })
  }

  const usualSubject = brand.name === '' ? subject[mail.flow] : brandedSubject[mail.flow](brand.name)
  return {
    language,
    direction,
    brand,
    // A subject with only white space would look empty.
    subject: mail.subject?.trim() ? mail.subject : usualSubject,
    preheader: texts.preheader(mail.code, duration),
    blocks,
    // https://developer.apple.com/documentation/security/enabling-autofill-for-domain-bound-sms-codes
    autofill: mail.autofillHost === undefined ? undefined : `@${mail.autofillHost} #${mail.code}`,
  }
}
