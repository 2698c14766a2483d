import { createHash } from 'node:crypto'

/** Secrets of an operator and of a recipient. Each contains characters that encodings change. */
export const otpSecret = 'Canary-0tpSecret!of/the+tests=long&enough'
export const smtpLogin = { user: 'canary-relay', password: 'Canary-P4ss w0rd/&+~' }
export const recipient = "canary.o'user+tag/x@canary-mailbox.example"

/** Returns an SMTP_URL that contains the login. */
export function smtpUrlWithLogin(host: string): string {
  return `smtp://${smtpLogin.user}:${encodeURIComponent(smtpLogin.password)}@${host}`
}

/** Returns every form in which a text could leak: as it is, encoded, or as a hash that an attacker could look up. */
function formsOf(text: string): [string, Buffer][] {
  const bytes = Buffer.from(text)
  const hex = bytes.toString('hex')
  const everyByte = hex.replace(/../g, '%$&')
  const forms: [string, string][] = [
    ['as it is', text],
    ['in capitals', text.toUpperCase()],
    ['in small letters', text.toLowerCase()],
    ['as part of a URL', encodeURIComponent(text)],
    ['percent-encoded', everyByte],
    ['percent-encoded in capitals', everyByte.toUpperCase()],
    ['as hex', hex],
    ['as hex in capitals', hex.toUpperCase()],
    ['as JSON', JSON.stringify(text).slice(1, -1)],
    ['backwards', [...text].reverse().join('')],
    ...['md5', 'sha1', 'sha256', 'sha512'].flatMap((algorithm): [string, string][] => [
      [`as ${algorithm}`, createHash(algorithm).update(text).digest('hex')],
      [`as ${algorithm} in base64`, createHash(algorithm).update(text).digest('base64url')],
    ]),
    // Base64 encodes three bytes at a time. So the same text looks different after zero, one or two other bytes.
    ...[0, 1, 2].flatMap((before): [string, string][] => {
      const encoded = Buffer.concat([Buffer.alloc(before, 0x78), bytes]).toString('base64')
      const inner = encoded.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3))
      return [
        [`as base64 behind ${before}`, inner],
        [`as base64url behind ${before}`, inner.replaceAll('+', '-').replaceAll('/', '_')],
      ]
    }),
  ]
  return forms.map(([form, spelling]) => [form, Buffer.from(spelling)])
}

/** Returns one line for each canary, and each form of it, that appears in the text or bytes. */
export function singing(canaries: Record<string, string>, where: string | Uint8Array): string[] {
  const bytes = Buffer.from(where as Uint8Array)
  return Object.entries(canaries).flatMap(([name, canary]) =>
    formsOf(canary)
      .filter(([, form]) => bytes.includes(form))
      .map(([form]) => `${name} ${form}`),
  )
}

/** Like `singing`, but ignores hashes. For stores, which keep the hashes of credentials on purpose. */
export function singingButHashed(canaries: Record<string, string>, where: Uint8Array): string[] {
  return singing(canaries, where).filter((line) => !/ as (?:md5|sha)/.test(line))
}
