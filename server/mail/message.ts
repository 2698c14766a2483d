import type { CodeMail } from '../otp/delivery.ts'
import { type MailSettings, mailContent } from './content.ts'
import { renderHtml } from './html.ts'
import { renderText } from './text.ts'

export interface MailBody {
  language: string
  subject: string
  text: string
  html: string
}

/** The mail in both parts, in the language that was asked for, else in English. */
export function composeMail(mail: CodeMail, settings: MailSettings): MailBody {
  const content = mailContent(mail, settings)
  const { language, subject } = content
  return { language, subject, text: renderText(content), html: renderHtml(content) }
}
