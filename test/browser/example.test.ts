import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import sirv from 'sirv'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumPath, launchChromium } from '../support/browser.ts'
import { wrongCode } from '../support/flows.ts'
import { useServer } from '../support/server.ts'

const browserTests =
  chromiumPath === undefined
    ? 'the example page (skipped: no Chromium; set CHROMIUM_PATH)'
    : 'the example page'

describe.skipIf(chromiumPath === undefined)(browserTests, () => {
  const server = useServer({ environment: { LIMIT_PER_RECIPIENT: '3/15m' } })
  let files: Server
  let browser: Browser
  let page: Page
  let origin: string
  const failures: string[] = []

  beforeAll(async () => {
    const folder = fileURLToPath(new URL('../../clients/typescript', import.meta.url))
    files = createServer(sirv(folder, { dev: true }))
    await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(files.address() as AddressInfo).port}`
    browser = await launchChromium()
  }, 60_000)

  beforeEach(async () => {
    page = await browser.newPage()
    page.setDefaultTimeout(10_000)
    page.on('pageerror', (error) => failures.push(error.message))
    await page.goto(`${origin}/example/`)
    await page.getByLabel('Base URL').fill(server.url)
  })

  afterEach(async () => {
    await page.close()
    expect(failures.splice(0), 'errors that the page did not catch').toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    await new Promise((resolve) => files?.close(resolve))
  })

  const askForACode = async (token: string, email: string) => {
    await page.getByLabel('Public token').fill(token)
    await page.getByLabel('Email address').fill(email)
    await page.getByRole('button', { name: 'Send me a code' }).click()
  }
  const type = async (code: string) => {
    await page.getByLabel('Code', { exact: true }).fill(code)
    await page.getByRole('button', { name: 'Verify' }).click()
  }
  const status = (text: string) => page.getByRole('status').getByText(text).waitFor()
  const alert = (text: string) => page.getByRole('alert').getByText(text).waitFor()

  it('sends a code to a real inbox and verifies what the person types, after one slip', async () => {
    const { token } = await server.token({ allowedOrigins: [origin] })
    await askForACode(token, 'user@example.com')
    await status('A code is on its way to user@example.com.')
    const code = server.sink.codeTo('user@example.com')

    await type(wrongCode(code))
    await alert('That is not the code.')
    expect(await page.getByLabel('Code', { exact: true }).getAttribute('aria-invalid')).toBe('true')

    await type(`${code.slice(0, 3)} ${code.slice(3)}`)
    await status('user@example.com is verified.')
    expect(await page.getByRole('button', { name: 'Verify' }).isVisible()).toBe(false)
  })

  it('says so when a code has expired', async () => {
    const { token } = await server.token()
    await askForACode(token, 'twice@example.com')
    await status('A code is on its way')
    const code = server.sink.codeTo('twice@example.com')
    server.now += 11 * 60_000
    await type(code)
    await alert('This code has expired or was used already.')
  })

  it('says how long to wait when the limit is reached', async () => {
    const { token } = await server.token()
    for (let count = 1; count <= 3; count++) {
      await askForACode(token, 'often@example.com')
      await expect.poll(() => mailsTo('often@example.com')).toBe(count)
      await page.getByRole('button', { name: 'Send me a code' }).and(page.locator(':enabled')).waitFor()
    }
    await askForACode(token, 'often@example.com')
    await alert('Too many codes were requested. Try again in')
    expect(mailsTo('often@example.com')).toBe(3)
  })

  it.each<[string, () => Promise<string>, string]>([
    ['an unknown token', async () => 'risu_otp_unknown', 'The service does not accept this token.'],
    [
      'a token of another page',
      async () => (await server.token({ allowedOrigins: ['https://app.example'] })).token,
      'The token may not be used from here.',
    ],
  ])('says what to do about %s', async (_case, token, message) => {
    await askForACode(await token(), 'user@example.com')
    await alert(message)
  })

  it('says so when nothing answers at the base URL', async () => {
    await page.getByLabel('Base URL').fill('http://127.0.0.1:1')
    await askForACode('risu_otp_any', 'user@example.com')
    await alert('No answer of the service arrived.')
  })

  const mailsTo = (address: string) =>
    server.sink.mails.filter(({ recipients }) => recipients.includes(address)).length
})
