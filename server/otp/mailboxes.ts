/** How a provider delivers several addresses to one mailbox. */
interface Provider {
  domains: readonly string[]
  /** True if dots in the local part make no difference. */
  ignoresDots: boolean
  /** True if a local part is the same mailbox in all its domains. */
  isOneDomain: boolean
}

/**
 * The providers that are known to deliver `name+anything` to `name`. At other providers `a+b` and `a` may be different
 * people, so each address counts on its own.
 */
const providers: readonly Provider[] = [
  // https://support.google.com/mail/answer/7436150
  { domains: ['gmail.com', 'googlemail.com'], ignoresDots: true, isOneDomain: true },
  { domains: ['outlook.com', 'hotmail.com', 'live.com'], ignoresDots: false, isOneDomain: false },
  { domains: ['icloud.com', 'me.com', 'mac.com'], ignoresDots: false, isOneDomain: false },
  { domains: ['fastmail.com'], ignoresDots: false, isOneDomain: false },
  { domains: ['proton.me', 'protonmail.com', 'pm.me'], ignoresDots: false, isOneDomain: false },
]

/** Returns the key that counts sends to a canonical address. It has no `+` tag, so tags cannot evade a limit. */
export function countedMailbox(canonical: string): string {
  const at = canonical.lastIndexOf('@')
  const domain = canonical.slice(at + 1)
  const provider = providers.find(({ domains }) => domains.includes(domain))
  if (provider === undefined) return canonical
  const untagged = withoutTag(canonical.slice(0, at))
  const local = provider.ignoresDots ? untagged.replaceAll('.', '') : untagged
  return `${local}@${provider.isOneDomain ? provider.domains[0] : domain}`
}

/** Returns the address without its `+` tag, for any provider. */
export function mailboxOf(counted: string): string {
  const at = counted.lastIndexOf('@')
  return withoutTag(counted.slice(0, at)) + counted.slice(at)
}

function withoutTag(local: string): string {
  return local.replace(/(?<=.)\+.*$/, '')
}
