import escapeHtml from 'escape-html'
import type { CodeMail } from '../otp/ports.ts'
import { chooseLanguage, languages } from '../texts/languages.ts'

export interface MailBody {
  subject: string
  text: string
  html: string
}

/** The mail in both parts, with the code on a line of its own. */
export function composeMail(mail: CodeMail): MailBody {
  const texts = languages[chooseLanguage(mail.locale === undefined ? [] : [mail.locale])].mail
  const subject = mail.subject ?? texts.subject[mail.flow]
  const verificationLine = mail.verificationLine ?? texts.verificationLine[mail.flow]
  const expiry = texts.expiry(durationInWords(mail.expiresInSeconds))
  const notice = texts.notAsked
  return {
    subject,
    text: `${verificationLine}\n\n${mail.code}\n\n${expiry}\n\n${notice}\n`,
    html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif">
<p>${escapeHtml(verificationLine)}</p>
<p style="font:700 32px/1.25 ui-monospace,monospace;letter-spacing:4px">${escapeHtml(mail.code)}</p>
<p>${escapeHtml(expiry)}</p>
<p>${escapeHtml(notice)}</p>
</body>
</html>
`,
  }
}

/** Whole minutes, hours and seconds in words: 600 is "10 minutes", 90 is "1 minute 30 seconds". */
function durationInWords(seconds: number): string {
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor((seconds % 3600) / 60), 'minute'],
    [seconds % 60, 'second'],
  ]
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' ')
}
