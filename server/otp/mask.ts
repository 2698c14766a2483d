const hidden = '••'

/**
 * Masks an address so that its owner recognizes it and nobody else learns it. The local part keeps its first and last
 * character, or none if it has fewer than four. The number of dots is fixed, so it does not show the length.
 */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  const local = [...address.slice(0, at)]
  const [first = '', last = ''] = local.length < 4 ? [] : [local[0], local.at(-1)]
  return first + hidden + last + address.slice(at)
}
