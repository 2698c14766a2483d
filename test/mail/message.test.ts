import { describe, expect, it } from 'vitest'
import { textColorOn } from '../../server/brand.ts'
import { mailContent } from '../../server/mail/content.ts'
import { renderHtml } from '../../server/mail/html.ts'
import { composeMail } from '../../server/mail/message.ts'
import { durationInWords, waitInWords } from '../../server/texts/duration.ts'
import { acme, codeMail, everyMail, nameless } from '../support/mails.ts'

describe('every email', () => {
  it.each(everyMail)('loads nothing, and links to no page but its own: $flow in $language', ({ mail }) => {
    const { html } = composeMail(mail, acme)
    expect(html).not.toMatch(/<(?:img|link|script|iframe|object|form|base)\b|url\(|@import|src=/i)
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url)
    const page = mail.hostedVerifyUrl === undefined ? [] : [mail.hostedVerifyUrl]
    expect(links).toEqual([...page, 'mailto:help@acme.example'])
  })

  it.each(everyMail)(
    'has the code as one word, and as single digits for a screen reader: $flow in $language',
    ({ mail }) => {
      const { html } = composeMail(mail, acme)
      expect(html).toMatch(/<span role="img" aria-label="0 4 2 1 3 7" dir="ltr"[^>]*>042137<\/span>/)
    },
  )

  it.each(everyMail)(
    'names its language, and has a preheader that does not repeat the subject: $flow in $language',
    ({ language, mail }) => {
      const { subject, html } = composeMail(mail, acme)
      expect(html).toMatch(new RegExp(`<html lang="${language}" dir="ltr">`))
      const { preheader } = mailContent(mail, acme)
      expect(preheader).toContain('042137')
      expect(preheader).not.toContain(subject)
      expect(subject).not.toContain('042137')
    },
  )

  it('has the default subject if the given one is blank', () => {
    const usual = composeMail(codeMail(), acme).subject
    for (const subject of [' ', '\t', '\u3000'])
      expect(composeMail(codeMail({ subject }), acme).subject).toBe(usual)
  })

  it.each(everyMail)(
    'ends its text with the code for autofill if its host is known: $flow in $language',
    ({ mail: known }) => {
      const mail = { ...known, autofillHost: 'otp.acme.example' }
      const lines = composeMail(mail, acme).text.trimEnd().split('\n')
      expect(lines.at(-1)).toBe('@otp.acme.example #042137')
      expect(lines.filter((line) => line === '042137')).toHaveLength(1)
      expect(composeMail({ ...mail, autofillHost: undefined }, nameless).text).not.toMatch(/^@|#/m)
    },
  )

  it('has less than 20 KiB in both parts together, even with the longest texts and code', () => {
    const longest = { subject: '&'.repeat(150), verificationLine: '"'.repeat(300), code: '0123456789' }
    for (const { mail } of everyMail) {
      const { text, html } = composeMail({ ...mail, ...longest }, acme)
      // Base64 makes the parts a third larger on the wire.
      expect(((Buffer.byteLength(text) + Buffer.byteLength(html)) * 4) / 3).toBeLessThan(20 * 1024)
    }
  })

  it.each(everyMail)('uses the texts of the caller instead of its own: $flow in $language', ({ mail }) => {
    const texts = { subject: 'Ihr Schlüssel', verificationLine: 'مرحبا <b>' }
    const { subject, text, html } = composeMail({ ...mail, ...texts }, acme)
    expect(subject).toBe('Ihr Schlüssel')
    expect(html).toContain('<title>Ihr Schlüssel</title>')
    expect(text).toContain('\n\nمرحبا <b>\n\n042137\n\n')
    // The language of this text is not known, so its letters decide the direction.
    expect(html).toMatch(/<p dir="auto"[^>]*>مرحبا &lt;b&gt;<\/p>/)
  })

  it('is in English if the requested language is not available', () => {
    expect(composeMail(codeMail({ locale: 'tlh' }), acme).language).toBe('en')
    expect(composeMail(codeMail({ locale: 'de-AT' }), acme).language).toBe('de')
    expect(composeMail(codeMail({ locale: 'pt-PT' }), acme).language).toBe('pt')
    expect(composeMail(codeMail({ locale: 'PT-br-x-a' }), acme).language).toBe('pt-BR')
  })

  it('is laid out right to left if the language is, except for code, addresses and links', () => {
    const content = mailContent(codeMail({ flow: 'email_verification' }), acme)
    const html = renderHtml({ ...content, direction: 'rtl' })
    expect(html).toContain('<html lang="en" dir="rtl">')
    expect(html.match(/dir="ltr"/g)).toHaveLength(4)
    expect(html).not.toMatch(/text-align:(?:left|right)|(?:margin|padding)-(?:left|right)/)
  })
})

describe('the brand', () => {
  it('is in the subject, heading and text, and is optional', () => {
    const branded = composeMail(codeMail(), acme)
    expect(branded.subject).toBe('Your Acme verification code')
    expect(branded.html).toMatch(/<td dir="auto"[^>]*background:#1d4ed8[^>]*>Acme<\/td>/)
    expect(branded.text).toMatch(/\n\nAcme\n$/)
    const plain = composeMail(codeMail(), nameless)
    expect(plain.subject).toBe('Your verification code')
    expect(plain.text).toMatch(/for this address\.\n$/)
  })

  it('is shown exactly as written, whatever characters it contains', () => {
    const own = { name: "M&M's", accentColor: '#ffffff', supportAddress: "o'neil$&@x.co" }
    const { html, subject } = composeMail(codeMail(), { ...acme, ...own })
    expect(subject).toBe("Your M&M's verification code")
    expect(html).toContain('>M&amp;M&#39;s</td>')
    expect(html).toContain('<a href="mailto:o&#39;neil$&amp;@x.co"')
  })

  it('is readable on every accent color, with a contrast of 4.5:1 or more', () => {
    const luminance = (color: string) =>
      [1, 3, 5]
        .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, index) => sum + part * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0)
    for (let n = 0; n < 0x1000000; n += 4099) {
      const color = `#${n.toString(16).padStart(6, '0')}`
      const [dark = 0, light = 0] = [luminance(color), luminance(textColorOn(color))].sort((a, b) => a - b)
      expect((light + 0.05) / (dark + 0.05), color).toBeGreaterThanOrEqual(4.5)
    }
  })
})

describe('a duration in words', () => {
  it.each([
    ['en', 60, '1 minute'],
    ['en', 90, '1 minute, 30 seconds'],
    ['en', 3600, '1 hour'],
    ['de', 60, '1 Minute'],
    ['de', 600, '10 Minuten'],
    ['de', 3600, '1 Stunde'],
    ['es', 60, '1 minuto'],
    ['es', 630, '10 minutos y 30 segundos'],
    ['fr', 600, '10 minutes'],
    ['pt', 61, '1 minuto e 1 segundo'],
    ['pt-BR', 61, '1 minuto e 1 segundo'],
    ['hi', 600, '10 मिनट'],
    ['ja', 600, '10 分'],
  ])('in %s, of %i seconds, is %j', (language, seconds, words) => {
    expect(durationInWords(language, seconds).replaceAll('\u00a0', ' ')).toBe(words)
  })
})

describe('a wait in words', () => {
  it.each([
    [0, '1 second'],
    [1, '1 second'],
    [59_001, '1 minute'],
    [60_000, '1 minute'],
    [60_001, '1 minute'],
    [61_001, '2 minutes'],
    [600_001, '10 minutes'],
    [3_601_001, '1 hour, 1 minute'],
  ])('of %i ms is %j: at most a second shorter than the wait', (ms, words) => {
    expect(waitInWords('en', ms)).toBe(words)
  })
})

describe('a logo', () => {
  const logo = { contentType: 'image/png', base64: 'iVBORw0KGgo=' } as const

  it('replaces the name at the top, and has the name as its alternative text', () => {
    const { html } = composeMail(codeMail(), { ...acme, name: 'M&M', logo }, 'id@acme.example')
    expect(html).toMatch(/<img src="cid:id@acme\.example" alt="M&amp;M"/)
    expect(html.match(/<img/g)).toHaveLength(1)
  })

  it('is not shown in an email without the attached image', () => {
    expect(composeMail(codeMail(), { ...acme, logo }).html).not.toContain('<img')
  })
})
