/** How a provider delivers several addresses to one mailbox. */
interface Provider {
  domains: readonly string[]
  /** The local part may hold dots anywhere. */
  ignoresDots: boolean
  /** All its domains are one, not one mailbox each. */
  isOneDomain: boolean
}

/**
 * The providers that are known to deliver `name+anything` to `name`. Elsewhere `a+b` may be somebody else than `a`,
 * so there every address is counted on its own.
 */
const providers: readonly Provider[] = [
  // https://support.google.com/mail/answer/7436150
  { domains: ['gmail.com', 'googlemail.com'], ignoresDots: true, isOneDomain: true },
  { domains: ['outlook.com', 'hotmail.com', 'live.com'], ignoresDots: false, isOneDomain: false },
  { domains: ['icloud.com', 'me.com', 'mac.com'], ignoresDots: false, isOneDomain: false },
  { domains: ['fastmail.com'], ignoresDots: false, isOneDomain: false },
  { domains: ['proton.me', 'protonmail.com', 'pm.me'], ignoresDots: false, isOneDomain: false },
]

/** The key under which sends to a canonical address are counted, so that a `+` tag is no way around a limit. */
export function countedMailbox(canonical: string): string {
  const at = canonical.lastIndexOf('@')
  const domain = canonical.slice(at + 1)
  const provider = providers.find(({ domains }) => domains.includes(domain))
  if (provider === undefined) return canonical
  const untagged = withoutTag(canonical.slice(0, at))
  const local = provider.ignoresDots ? untagged.replaceAll('.', '') : untagged
  return `${local}@${provider.isOneDomain ? provider.domains[0] : domain}`
}

/** The address without what follows a `+`, whoever its provider is. */
export function mailboxOf(counted: string): string {
  const at = counted.lastIndexOf('@')
  return withoutTag(counted.slice(0, at)) + counted.slice(at)
}

function withoutTag(local: string): string {
  return local.replace(/(?<=.)\+.*$/, '')
}
