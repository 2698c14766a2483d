import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeMail } from '../../server/mail/message.ts'
import type { Language } from '../../server/texts/languages.ts'
import { chromiumPath, launchChromium } from '../support/browser.ts'
import { acme, codeMail } from '../support/mails.ts'

const languages: Language[] = ['en', 'de', 'hi', 'ja']
const verification = (locale: string, code = '042137') =>
  composeMail(codeMail({ flow: 'email_verification', locale, code }), acme)

describe.skipIf(chromiumPath === undefined)('the email in Chromium', () => {
  let browser: Browser
  let page: Page
  const requests: string[] = []
  beforeAll(async () => {
    browser = await launchChromium()
    page = await browser.newPage({ viewport: { width: 320, height: 640 } })
    page.on('request', (request) => requests.push(request.url()))
  })
  afterAll(() => browser?.close())

  it('selects the whole code at a double click anywhere on it', async () => {
    await page.setContent(verification('en').html)
    const box = await page.getByRole('img').boundingBox()
    if (box === null) throw new Error('the code is not to be seen')
    for (const part of [0.1, 0.5, 0.9]) {
      await page.mouse.dblclick(box.x + box.width * part, box.y + box.height / 2)
      expect(await page.evaluate('String(getSelection()).trim()')).toBe('042137')
    }
  })

  it.each(languages)(
    'is read by a screen reader with the code as digits, and without its preheader: %s',
    async (language) => {
      await page.setContent(verification(language).html)
      const heard = await page.locator('body').ariaSnapshot()
      // Screen readers skip the content of an image (WAI-ARIA 1.2, 5.2.8). Playwright still shows it, after the colon.
      expect(heard).toContain('- img "0 4 2 1 3 7": "042137"')
      expect(heard.match(/042137/g)).toHaveLength(1)
      expect(heard).not.toContain('table')
    },
  )

  it.each(languages)('fits a screen of 320 pixels with the longest code: %s', async (language) => {
    await page.setContent(verification(language, '0123456789').html)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
  })

  it.each(['light', 'dark'] as const)(
    'is readable in %s mode: every text has a contrast of 4.5:1 or more',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme })
      await page.setContent(verification('en').html)
      const contrasts = (await page.evaluate(`(${measureContrasts})()`)) as {
        text: string
        contrast: number
      }[]
      expect(contrasts.length).toBeGreaterThan(7)
      for (const { text, contrast } of contrasts) expect(contrast, text).toBeGreaterThanOrEqual(4.5)
      const card = await page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor")
      expect(card).toBe(colorScheme === 'dark' ? 'rgb(28, 31, 35)' : 'rgb(255, 255, 255)')
    },
  )

  // Gmail drops the style sheet of some emails, and Outlook reads little of it.
  it('is readable without its style sheet', async () => {
    await page.emulateMedia({ colorScheme: 'light' })
    const { html } = verification('en')
    await page.setContent(html.replace(/<style>.*?<\/style>/s, ''))
    const contrasts = (await page.evaluate(`(${measureContrasts})()`)) as { text: string; contrast: number }[]
    expect(contrasts.length).toBeGreaterThan(7)
    for (const { text, contrast } of contrasts) expect(contrast, text).toBeGreaterThanOrEqual(4.5)
    expect(await page.evaluate("getComputedStyle(document.querySelector('a')).display")).toBe('inline-block')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
  })

  it('makes no network request', () => {
    expect(requests.filter((url) => !url.startsWith('about:'))).toEqual([])
  })
})

/** Measures the contrast of every visible text with the nearest background behind it. Runs in the page. */
const measureContrasts = `function () {
  const rgb = (color) => color.match(/[\\d.]+/g).map(Number)
  const luminance = (color) => rgb(color).slice(0, 3)
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0)
  const background = (element) => {
    const color = getComputedStyle(element).backgroundColor
    return rgb(color)[3] === 0 && element.parentElement ? background(element.parentElement) : color
  }
  return [...document.body.querySelectorAll('*')]
    .filter((element) => element.checkVisibility() && [...element.childNodes].some(
      (node) => node.nodeType === 3 && node.data.trim() !== ''))
    .map((element) => {
      const [dark, light] = [luminance(getComputedStyle(element).color), luminance(background(element))]
        .sort((a, b) => a - b)
      return { text: element.textContent, contrast: (light + 0.05) / (dark + 0.05) }
    })
}`
