import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, launchChromium } from '../support/browser.ts'
import { useServer } from '../support/server.ts'

describe.skipIf(chromiumPath === undefined)('the docs page for trying the API', () => {
  const server = useServer()
  let browser: Browser
  let page: Page
  const requests: string[] = []

  beforeAll(async () => {
    browser = await launchChromium()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    page.setDefaultTimeout(20_000)
    page.on('request', (request) => requests.push(request.url()))
    await page.goto(`${server.directUrl}/docs/try.html`)
    await page.getByRole('heading', { name: 'RisuMail OTP API' }).waitFor()
  }, 60_000)
  afterAll(() => browser?.close())

  it('calls this server and gets its response', async () => {
    await page.goto(`${server.directUrl}/docs/try.html#tag/backend-otp/POST/api/v1/backend-otp/send`)
    await page
      .getByRole('button', { name: /^Test Request.*backend-otp\/send/ })
      .first()
      .click()
    const answered = page.waitForResponse((response) => response.url().endsWith('/api/v1/backend-otp/send'))
    await page.getByRole('button', { name: /Send post request to/ }).click()
    // No key was given, so the answer is the contract's error.
    expect((await answered).status()).toBe(401)
  })

  it('sends requests only to this server', () => {
    const others = requests.filter((url) => !url.startsWith(server.directUrl) && !/^(?:data|blob):/.test(url))
    expect(others).toEqual([])
  })
})
