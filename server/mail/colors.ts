/** The text colour, black or white, that reads better on this background: at least 4.5:1 on any (WCAG 2.2, 1.4.3). */
export function textColorOn(background: string): '#000000' | '#ffffff' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(background.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  // Where both contrasts are the same: (1.05 / (L + 0.05)) = ((L + 0.05) / 0.05).
  return luminance > 0.1791 ? '#000000' : '#ffffff'
}
