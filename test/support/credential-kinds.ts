// biome-ignore-all format: one kind a line
import type { OutgoingHttpHeaders } from 'node:http'
import { hashSecret, mintSecret } from '../../server/credentials/format.ts'
import { issuePublicToken } from '../../server/credentials/lifecycle.ts'
import type { CredentialStore } from '../../server/credentials/ports.ts'
import type { TestServer } from './server.ts'

export type Credentials = Awaited<ReturnType<typeof castOf>>

const second = 1000

/** Creates one credential of every kind that the rows below need, all in one project. */
export async function castOf(server: TestServer) {
  const store = server.app.credentials
  const revokedToken = await server.token()
  await store.revoke('public_token', revokedToken.id, server.now)
  const revokedKey = await server.key({ name: 'revoked' })
  const [{ id: revokedId = '' } = {}] = (await store.list('server_key')).filter(
    ({ name }) => name === 'revoked',
  )
  await store.revoke('server_key', revokedId, server.now)
  const expiredKey = await server.key({ expiresInMs: second })
  const expiredToken = await issuePublicToken(
    thatExpire(store, server.now + second),
    { name: 'expired', projectId: 'default', allowedAddresses: [], allowedOrigins: [], allowedSenders: [] },
    server.now,
  )
  server.now += second
  return {
    key: await server.key(),
    noScopes: await server.key({ scopes: [] }),
    otherScopes: await server.key({ scopes: ['mail_api', 'analytics_read', 'forms_manage'] }),
    revokedKey,
    expiredKey,
    ...(await server.token()),
    other: await server.token(),
    revokedToken,
    expiredToken,
    elsewhere: await server.token({ allowedAddresses: ['203.0.113.0/24', '2001:db8::/32'] }),
    otherSite: await server.token({ allowedOrigins: ['https://app.example'] }),
    nowhere: await server.token({
      allowedAddresses: ['203.0.113.7'],
      allowedOrigins: ['https://app.example'],
    }),
  }
}

/** New tokens have no expiry. A stored token that has one must still expire. */
function thatExpire(store: CredentialStore, expiresAt: number): CredentialStore {
  return { ...store, insert: (credential, hashes) => store.insert({ ...credential, expiresAt }, hashes) }
}

const none = '401 UNAUTHORIZED'
const scope = '403 SCOPE_REQUIRED'
const address = '403 OTP_PUBLIC_IP_NOT_ALLOWED'
const origin = '403 ORIGIN_NOT_ALLOWED'
export type Outcome = 'opens' | typeof none | typeof scope | typeof address | typeof origin

interface Sent {
  headers?: OutgoingHttpHeaders
  query?: string
}

const bearer = (credential: string, secret?: string): Sent => ({
  headers: {
    Authorization: `Bearer ${credential}`,
    ...(secret === undefined ? {} : { 'X-Otp-Secret': secret }),
  },
})
const authorization = (...lines: string[]): Sent => ({
  headers: { Authorization: lines.length === 1 ? lines[0] : lines },
})
const from = (site: string, { headers }: Sent): Sent => ({ headers: { ...headers, Origin: site } })
const changed = (text: string, at: number) => {
  const place = at < 0 ? text.length + at : at
  return text.slice(0, place) + (text[place] === '7' ? '8' : '7') + text.slice(place + 1)
}
const everySecret = ({ token, secret, key }: Credentials) => [key, token, secret]

/** The groups of operations, by the contract's `security`. */
export const groups: readonly string[] = ['publicToken or serverKey', 'serverKey', 'publicToken and analyticsSecret', 'serverKey or publicToken and analyticsSecret']

/**
 * The outcome for operations that accept a key, or a token with its secret. If neither opens, returns the refusal of
 * the one that got further.
 */
export function eitherOf([token, key, pair]: Outcome[]): Outcome {
  if (key === 'opens' || pair === 'opens') return 'opens'
  // If the token alone is valid, its secret is wrong, and the answer is 401.
  if (pair === none) return token === 'opens' ? none : (key ?? none)
  return pair ?? none
}

/** The outcome for each kind of credential, in the order of the first three `groups`. */
export const kinds: [string, (cast: Credentials) => Sent, Outcome, Outcome, Outcome][] = [
  // credentials that open something
  ['a server key with the scope', ({ key }) => bearer(key), 'opens', 'opens', none],
  ['a public token alone', ({ token }) => bearer(token), 'opens', scope, none],
  ['a public token with its secret', ({ token, secret }) => bearer(token, secret), 'opens', scope, 'opens'],
  ['a token from a site on its list', ({ otherSite: { token, secret } }) => from('https://app.example', bearer(token, secret)), 'opens', scope, 'opens'],
  // no credential, or an unreadable one
  ['no credential', () => ({}), none, none, none],
  ['an empty header', () => authorization(''), none, none, none],
  ['a scheme and nothing else', () => authorization('Bearer'), none, none, none],
  ['a key without a scheme', ({ key }) => authorization(key), none, none, none],
  ['a key under another scheme', ({ key }) => authorization(`Token ${key}`), none, none, none],
  ['a key as the Basic user name', ({ key }) => authorization(`Basic ${btoa(`${key}:`)}`), none, none, none],
  ['a key as the Basic password', ({ key }) => authorization(`Basic ${btoa(`user:${key}`)}`), none, none, none],
  ['a key in quotes', ({ key }) => authorization(`Bearer "${key}"`), none, none, none],
  ['a key after a tab', ({ key }) => authorization(`Bearer\t${key}`), none, none, none],
  ['a key and a non-ASCII byte', ({ key }) => authorization(`Bearer ${key}\u00a0`), none, none, none],
  ['a key as base64', ({ key }) => authorization(`Bearer ${btoa(key)}`), none, none, none],
  ['a key, percent-encoded', ({ key }) => authorization(`Bearer ${key.replaceAll('_', '%5F')}`), none, none, none],
  ['a key in capitals', ({ key }) => authorization(`Bearer ${key.toUpperCase()}`), none, none, none],
  ['two keys in one header', ({ key }) => authorization(`Bearer ${key} ${key}`), none, none, none],
  ['two keys with a comma', ({ key }) => authorization(`Bearer ${key}, Bearer ${key}`), none, none, none],
  ['the header twice with one key', ({ key }) => authorization(`Bearer ${key}`, `Bearer ${key}`), none, none, none],
  ['the header twice, the key first', ({ key }) => authorization(`Bearer ${key}`, 'Bearer hello'), none, none, none],
  ['the header twice, the key last', ({ key }) => authorization('Bearer hello', `Bearer ${key}`), none, none, none],
  ['the header twice, key and token', ({ key, token }) => authorization(`Bearer ${key}`, `Bearer ${token}`), none, none, none],
  ['something else', () => bearer('hello', 'hello'), none, none, none],
  ['SQL', () => bearer("' or 1=1 --", "' or 1=1 --"), none, none, none],
  ['a wildcard', () => bearer('risu_key_%', '%'), none, none, none],
  ['8000 letters', () => bearer('a'.repeat(8000)), none, none, none],
  ['a key and 8000 letters', ({ key }) => bearer(key + 'a'.repeat(8000)), none, none, none],
  // what an attacker finds in a stolen store
  ['the hash of a key', ({ key }) => bearer(hashSecret(key)), none, none, none],
  ['the hash of a token', ({ token, secret }) => bearer(hashSecret(token), hashSecret(secret)), none, none, none],
  ['the id of a token', ({ id, secret }) => bearer(id, secret), none, none, none],
  // almost a valid credential
  ['a key with a wrong checksum', ({ key }) => bearer(changed(key, -1)), none, none, none],
  ['a token with a wrong checksum', ({ token, secret }) => bearer(changed(token, -1), secret), none, none, none],
  ['a key with one other letter', ({ key }) => bearer(changed(key, 20)), none, none, none],
  ['a key without its last letter', ({ key }) => bearer(key.slice(0, -1)), none, none, none],
  ['an unknown key', () => bearer(mintSecret('server_key')), none, none, none],
  ['an unknown token', ({ secret }) => bearer(mintSecret('public_token'), secret), none, none, none],
  ['an unknown analytics secret', ({ secret }) => bearer(mintSecret('analytics_secret'), secret), none, none, none],
  // valid once, but not any more
  ['a revoked key', ({ revokedKey }) => bearer(revokedKey), none, none, none],
  ['a revoked token', ({ revokedToken: { token, secret } }) => bearer(token, secret), none, none, none],
  ['the secret of a revoked token', ({ revokedToken: { secret } }) => bearer(secret, secret), none, none, none],
  ['an expired key', ({ expiredKey }) => bearer(expiredKey), none, none, none],
  ['an expired token', ({ expiredToken: { token, secret } }) => bearer(token, secret), none, none, none],
  // a different credential than the operation needs
  ['a key without a scope', ({ noScopes }) => bearer(noScopes), scope, scope, none],
  ['a key with every other scope', ({ otherScopes }) => bearer(otherScopes), scope, scope, none],
  ['an analytics secret', ({ secret }) => bearer(secret, secret), scope, scope, none],
  ['a key with the secret of a token', ({ key, secret }) => bearer(key, secret), 'opens', 'opens', none],
  ['a token with an empty secret', ({ token }) => bearer(token, ''), 'opens', scope, none],
  ['a token with an unknown secret', ({ token }) => bearer(token, mintSecret('analytics_secret')), 'opens', scope, none],
  ['a token with the secret of another', ({ token, other }) => bearer(token, other.secret), 'opens', scope, none],
  ['a token with itself as secret', ({ token }) => bearer(token, token), 'opens', scope, none],
  ['a token with the hash of its secret', ({ token, secret }) => bearer(token, hashSecret(secret)), 'opens', scope, none],
  ['a token with its secret twice', ({ token, secret }) => ({ headers: { Authorization: `Bearer ${token}`, 'X-Otp-Secret': [secret, secret] } }), 'opens', scope, none],
  // used from the wrong place
  ['a token from an address not on its list', ({ elsewhere: { token, secret } }) => bearer(token, secret), address, scope, address],
  ['a token from an address not on its list, with a false X-Forwarded-For', ({ elsewhere: { token, secret } }) => ({ headers: { ...bearer(token, secret).headers, 'X-Forwarded-For': '203.0.113.7' } }), address, scope, address],
  ['a token from a site not on its list', ({ otherSite: { token, secret } }) => from('https://evil.example', bearer(token, secret)), origin, scope, origin],
  ['a token from a page without an origin', ({ otherSite: { token, secret } }) => from('null', bearer(token, secret)), origin, scope, origin],
  ['a token from two sites at once', ({ otherSite: { token, secret } }) => ({ headers: { ...bearer(token, secret).headers, Origin: ['https://app.example', 'https://evil.example'] } }), origin, scope, origin],
  ['a token from an address and a site not on its lists', ({ nowhere: { token, secret } }) => from('https://evil.example', bearer(token, secret)), origin, scope, origin],
  ['a token from an address not on its list, with an unknown secret', ({ elsewhere: { token } }) => bearer(token, mintSecret('analytics_secret')), address, scope, address],
  // sent outside the Authorization header
  ['every credential in the query', (cast) => ({ query: everySecret(cast).map((secret, n) => ['access_token', 'token', 'key', 'api_key', 'authorization', 'Authorization', 'bearer', 'X-Otp-Secret', ].map((name) => `${name}=${n % 2 ? 'Bearer%20' : ''}${secret}`).join('&')).join('&') }), none, none, none],
  ['every credential in other headers', (cast) => ({ headers: Object.fromEntries(['X-Api-Key', 'Cookie', 'Proxy-Authorization', 'X-Authorization', 'X-Forwarded-Authorization', 'X-Otp-Secret', 'X-Otp-Token', 'Authentication', ].map((name) => [name, everySecret(cast).map((secret) => `Bearer ${secret}`)])) }), none, none, none],
]
