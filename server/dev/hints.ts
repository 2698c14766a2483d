import type { InboxMail } from './inbox.ts'

/** One thing that mail servers and spam filters look at. */
export interface Hint {
  isGood: boolean
  text: string
}

/** Gmail cuts off longer emails. */
const gmailLimitBytes = 102 * 1024
const longestSubject = 70
/** Domains that are reserved for examples and tests (RFC 2606, RFC 6761). */
const unreachable = /(?:^|\.)(?:example|localhost|invalid|test)$|^example\.(?:com|net|org)$/

/** Checks what spam filters commonly look at. They also use the sender's reputation, which only grows over time. */
export function hintsFor(mail: InboxMail): Hint[] {
  const { subject, bytes, text, html } = mail
  const header = (name: string) => mail.headers.find((each) => each.name.toLowerCase() === name)?.value
  const senderDomain = /@([^>\s]+)>?$/.exec(mail.from)?.[1]?.toLowerCase() ?? ''
  const address = /href="(https?:[^"]+)"/.exec(html)?.[1]
  const link = address === undefined ? undefined : new URL(address)
  const hint = (isGood: boolean, good: string, bad: string): Hint => ({ isGood, text: isGood ? good : bad })
  return [
    hint(
      /^"/.test(mail.from),
      'The sender has a name.',
      'The sender has no name. Set MAIL_BRAND_NAME, or a name in MAIL_FROM.',
    ),
    hint(
      !unreachable.test(senderDomain),
      `${senderDomain} can be a sender's domain.`,
      `No mail server accepts ${senderDomain} as a sender. Set MAIL_FROM.`,
    ),
    hint(
      link === undefined || isSameSite(link.hostname, senderDomain),
      'No link leads to another site than the sender’s.',
      `The link leads to ${link?.hostname}, but the sender is at ${senderDomain}. Use one domain for PUBLIC_URL and MAIL_FROM.`,
    ),
    hint(
      link === undefined || link.protocol === 'https:',
      'Every link uses HTTPS.',
      'The link does not use HTTPS. Set PUBLIC_URL.',
    ),
    hint(
      header('dkim-signature') !== undefined,
      'The email is signed (DKIM).',
      'The email is not signed here. Set the DKIM variables, unless your mail server signs.',
    ),
    hint(
      text.trim() !== '' && html !== '',
      'The email has a text part and an HTML part.',
      'The email lacks a text part or an HTML part.',
    ),
    hint(
      header('auto-submitted') !== undefined,
      'The email says that a machine wrote it.',
      'The email does not say that a machine wrote it (Auto-Submitted).',
    ),
    hint(
      bytes < gmailLimitBytes,
      'Gmail shows the whole email.',
      'Gmail cuts off emails of more than 102 KiB.',
    ),
    hint(
      subject.length <= longestSubject && !/!|\b[A-Z]{5,}\b/.test(subject),
      'The subject is short and does not shout.',
      'The subject is long or shouts.',
    ),
  ]
}

function isSameSite(host: string, domain: string): boolean {
  const site = (name: string) => name.split('.').slice(-2).join('.')
  return site(host) === site(domain)
}
