import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityProblems } from '../support/axe.ts'
import { chromiumPath, launchChromium } from '../support/browser.ts'
import { pageStates } from '../support/page-states.ts'
import { useServer } from '../support/server.ts'

const browserTests =
  chromiumPath === undefined
    ? 'the look of the hosted page (skipped: no Chromium; set CHROMIUM_PATH)'
    : 'the look of the hosted page'

describe.skipIf(chromiumPath === undefined)(browserTests, () => {
  const server = useServer({
    environment: {
      MAIL_BRAND_NAME: 'Acme',
      MAIL_SUPPORT_ADDRESS: 'help@acme.example',
      LIMIT_PAGE_PER_ADDRESS: '4/10m',
      TRUSTED_PROXIES: '127.0.0.0/8',
    },
    storeTimeoutMs: 50,
  })
  let browser: Browser
  let clients = 0

  beforeAll(async () => {
    browser = await launchChromium()
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
  })

  /** Runs `look` on the page in this state, as a separate client. */
  const inState = async (
    { reach, status }: (typeof pageStates)[number],
    options: BrowserContextOptions,
    look: (page: Page) => Promise<void>,
  ) => {
    clients += 1
    const client = `203.0.113.${clients}`
    const context = await browser.newContext({
      locale: 'en-GB',
      extraHTTPHeaders: { 'X-Forwarded-For': client },
      ...options,
    })
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    const answer = await reach(server, page, client)
    expect(answer?.status()).toBe(status)
    await look(page)
    await context.close()
  }

  const overflow = (page: Page) =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  const brightness = async (page: Page, property: 'color' | 'backgroundColor') => {
    const color = await page.evaluate(`getComputedStyle(document.querySelector('main')).${property}`)
    return Math.max(...(String(color).match(/\d+/g) ?? []).map(Number))
  }

  describe.each(pageStates)('in the state $name', (state) => {
    it.each(['light', 'dark'] as const)(
      'has no problem that axe-core finds, in %s mode',
      async (colorScheme) => {
        await inState(state, { colorScheme }, async (page) => {
          expect(await accessibilityProblems(page)).toEqual([])
          const isDark = (await brightness(page, 'backgroundColor')) < (await brightness(page, 'color'))
          expect(isDark).toBe(colorScheme === 'dark')
        })
      },
    )

    it('fits 320 pixels without horizontal scrolling, also with double text size and right to left', async () => {
      await inState(state, { viewport: { width: 320, height: 600 } }, async (page) => {
        expect(await overflow(page)).toBe(0)
        await page.evaluate('document.documentElement.style.fontSize = "200%"')
        expect(await overflow(page)).toBe(0)
        await page.evaluate('document.documentElement.dir = "rtl"')
        expect(await overflow(page)).toBe(0)
      })
    })
  })
})
