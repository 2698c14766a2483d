const hidden = '••'

/**
 * An address that its owner recognises and that nobody else learns: of the local part the first and the last
 * character, or nothing if it has fewer than four; always as many dots, so that its length does not show.
 */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  const local = [...address.slice(0, at)]
  const [first = '', last = ''] = local.length < 4 ? [] : [local[0], local.at(-1)]
  return first + hidden + last + address.slice(at)
}
