import type { Brand } from '../brand.ts'
import type { CodeMail } from '../otp/delivery.ts'
import { mailContent } from './content.ts'
import { renderHtml } from './html.ts'
import { renderText } from './text.ts'

export interface MailBody {
  language: string
  subject: string
  text: string
  html: string
}

/**
 * Composes both parts of the email, in the requested language or else in English.
 * @param logoId the Content-ID of the logo that is sent with the email; undefined shows none
 */
export function composeMail(mail: CodeMail, brand: Brand, logoId?: string): MailBody {
  const content = mailContent(mail, brand)
  const { language, subject } = content
  return { language, subject, text: renderText(content), html: renderHtml(content, logoId) }
}
