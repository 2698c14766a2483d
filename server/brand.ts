/** A picture that is part of the email or page itself, so that it needs no extra request. */
export interface Logo {
  contentType: 'image/png' | 'image/jpeg'
  base64: string
}

/** The operator's branding of every email and page. */
export interface Brand {
  /** Empty if the operator set none. */
  name: string
  /** #rrggbb */
  accentColor: string
  supportAddress: string | undefined
  logo: Logo | undefined
}

/** Returns the brand of a project: its own settings, and the installation's settings for the rest. */
export type BrandOf = (projectId: string) => Promise<Brand>

const longestLogoBytes = 64 * 1024

/**
 * Reads a logo from the bytes of its file.
 * @throws {Error} if it is not a PNG or JPEG, or larger than 64 KiB
 */
export function parseLogo(bytes: Buffer): Logo {
  const contentType = bytes.subarray(0, 8).equals(pngSignature)
    ? 'image/png'
    : bytes.subarray(0, 3).equals(jpegSignature)
      ? 'image/jpeg'
      : undefined
  if (contentType === undefined) throw new Error('must be a PNG or JPEG file')
  if (bytes.length > longestLogoBytes) throw new Error('must be 64 KiB or smaller')
  return { contentType, base64: bytes.toString('base64') }
}

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')
const jpegSignature = Buffer.from('ffd8ff', 'hex')

/** Returns black or white, the text color with more contrast on this background: 4.5:1 or more (WCAG 2.2, 1.4.3). */
export function textColorOn(background: string): '#000000' | '#ffffff' {
  return contrastOf(background, '#000000') > contrastOf(background, '#ffffff') ? '#000000' : '#ffffff'
}

/** The contrast ratio of two colors, 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrastOf(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

// WCAG 2.2, "relative luminance".
function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
