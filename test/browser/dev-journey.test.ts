import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, launchChromium } from '../support/browser.ts'
import { newFolder } from '../support/commands.ts'
import { Command } from '../support/process.ts'

const reason = chromiumPath === undefined ? ' (skipped: there is no Chromium)' : ''

describe.skipIf(chromiumPath === undefined)(`a recipient of the development server${reason}`, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  it.each([
    ['with', true],
    ['without', false],
  ])(
    'can verify the address with the email in the development inbox, %s JavaScript',
    async (_case, javaScriptEnabled) => {
      const probe = createServer().listen(0, '127.0.0.1')
      await once(probe, 'listening')
      const { port } = probe.address() as { port: number }
      probe.close()
      const server = new Command(newFolder(), ['dev'], {
        PORT: String(port),
        PUBLIC_URL: `http://127.0.0.1:${port}`,
      })
      const url = await server.printed(/running at (\S+)/)
      const key = await server.printed(/Server key +(\S+)/)

      const sent = await fetch(`${url}/api/v1/email-verification/send`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ email: 'user@example.com' }),
      })
      const { data } = (await sent.json()) as { data: { hostedVerifyUrl: string } }

      const page = await browser.newPage({ javaScriptEnabled })
      await page.goto(`${url}/_dev/inbox`)
      const code = await page.locator('.code').innerText()
      const text = (await page.locator('pre').first().textContent()) ?? ''
      const link = /^http\S+$/m.exec(text)?.[0] ?? ''
      expect(link).toBe(data.hostedVerifyUrl)
      await page.goto(link)
      await page.getByLabel('Verification code').fill(code)
      await page.getByRole('button', { name: 'Verify' }).click()
      expect(await page.getByRole('status').innerText()).toContain('Email address verified')
      await page.close()
      server.signal('SIGTERM')
      expect((await server.finished()).code).toBe(0)
    },
  )
})
