import { createPublicKey } from 'node:crypto'
import type { promises } from 'node:dns'
import type { Config } from '../config.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

type Resolver = Pick<promises.Resolver, 'resolveTxt'>
type Sender = Pick<Config, 'mailFrom' | 'dkim'>

/** Checks the DNS for what receivers of our email look up: SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489). */
export async function checkDns(resolver: Resolver, { mailFrom, dkim }: Sender): Promise<Finding[]> {
  const domain = mailFrom.address.slice(mailFrom.address.lastIndexOf('@') + 1).toLowerCase()
  return [
    await spfOf(resolver, domain),
    await dkimOf(resolver, domain, dkim),
    await dmarcOf(resolver, domain),
  ]
}

async function spfOf(resolver: Resolver, domain: string): Promise<Finding> {
  const check = `SPF of ${domain}`
  const records = await textsOf(resolver, domain)
  if (typeof records === 'string') return unanswered(check, records)
  const found = records.filter((text) => /^v=spf1(?: |$)/i.test(text))
  if (found.length > 1)
    return problem(
      check,
      'There are several records, so receivers ignore all of them.',
      'Combine them into one TXT record.',
    )
  if (found.length === 0)
    return problem(
      check,
      'There is no record.',
      `Add a TXT record for ${domain} that names your mail server, such as: v=spf1 include:_spf.mail.example -all`,
    )
  return ok(check, String(found[0]))
}

async function dkimOf(resolver: Resolver, domain: string, dkim: Config['dkim']): Promise<Finding> {
  if (dkim === undefined)
    return warning(
      'DKIM',
      'This server does not sign emails.',
      'If your mail server does not sign them either, set DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY.',
    )
  const place = `${dkim.selector}._domainkey.${dkim.domain}`
  const check = `DKIM at ${place}`
  const records = await textsOf(resolver, place)
  if (typeof records === 'string') return unanswered(check, records)
  const ours = createPublicKey(dkim.privateKey).export({ type: 'spki', format: 'der' }).toString('base64')
  const add = `Add a TXT record for ${place}: v=DKIM1; k=rsa; p=${ours}`
  const keys = records.flatMap((text) => /(?:^|;)\s*p=([^;]*)/.exec(text)?.[1]?.replace(/\s/g, '') ?? [])
  if (keys.length === 0) return problem(check, 'There is no public key.', add)
  if (!keys.includes(ours))
    return problem(check, 'The public key does not match DKIM_PRIVATE_KEY, so every signature fails.', add)
  if (!isAligned(dkim.domain, domain))
    return problem(
      check,
      `The signature is for ${dkim.domain}, but the sender is from ${domain}, so DMARC ignores the signature.`,
      `Sign with a key for ${domain}.`,
    )
  return ok(check, 'The public key matches DKIM_PRIVATE_KEY, and its domain matches MAIL_FROM.')
}

async function dmarcOf(resolver: Resolver, domain: string): Promise<Finding> {
  const check = `DMARC of ${domain}`
  // Receivers look up the domain first, then the organizational domain above it.
  const labels = domain.split('.')
  for (let first = 0; first <= labels.length - 2; first++) {
    const place = `_dmarc.${labels.slice(first).join('.')}`
    const records = await textsOf(resolver, place)
    if (typeof records === 'string') return unanswered(check, records)
    const found = records.find((text) => /^v=DMARC1\s*(?:;|$)/i.test(text))
    if (found) return ok(check, found)
  }
  return warning(
    check,
    'There is no record. Large receivers refuse or hide email from domains without one.',
    `Add a TXT record for _dmarc.${domain}, to start with: v=DMARC1; p=none; rua=mailto:postmaster@${domain}`,
  )
}

/** Relaxed alignment (RFC 7489, section 3.1.1), as far as we can check it without a list of public suffixes. */
function isAligned(one: string, other: string): boolean {
  return one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`)
}

/** Returns the TXT records of a name, which may be none, or the error code if the DNS does not answer. */
async function textsOf(resolver: Resolver, name: string): Promise<string[] | string> {
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(''))
  } catch (error) {
    const { code = 'FAILED' } = error as NodeJS.ErrnoException
    return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : code
  }
}

function unanswered(check: string, code: string): Finding {
  return warning(
    check,
    `The DNS does not answer (${code}).`,
    'Check the resolver of this machine, or choose another one with --dns.',
  )
}
