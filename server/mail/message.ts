import escapeHtml from 'escape-html'
import type { CodeMail } from '../otp/ports.ts'

export interface MailBody {
  subject: string
  text: string
  html: string
}

/** The mail in both parts, with the code on a line of its own. */
export function composeMail(mail: CodeMail): MailBody {
  const expiry = `This code expires in ${durationInWords(mail.expiresInSeconds)}.`
  const notice =
    'If you did not ask for this code, you can ignore this mail. Never pass the code on to anyone.'
  return {
    subject: mail.subject,
    text: `${mail.verificationLine}\n\n${mail.code}\n\n${expiry}\n\n${notice}\n`,
    html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(mail.subject)}</title>
</head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif">
<p>${escapeHtml(mail.verificationLine)}</p>
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
