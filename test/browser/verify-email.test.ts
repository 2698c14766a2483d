import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, launchChromium } from '../support/browser.ts'
import { emailVerification, wrongCode } from '../support/flows.ts'
import { sendVerification } from '../support/page.ts'
import { useServer } from '../support/server.ts'

const browserTests =
  chromiumPath === undefined
    ? 'the hosted page (skipped: no Chromium; set CHROMIUM_PATH)'
    : 'the hosted page in a browser'

const redirectUrl = 'https://app.acme.example/welcome'

describe.skipIf(chromiumPath === undefined)(browserTests, () => {
  const server = useServer({ environment: { LIMIT_PAGE_PER_ADDRESS: '30/10m' } })
  let browser: Browser
  const contexts: BrowserContext[] = []
  const failures: string[] = []

  beforeAll(async () => {
    browser = await launchChromium()
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
  })

  /** Opens a page that may reach only the server, and records everything that goes wrong in it. */
  const newPage = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ locale: 'en-GB', ...options })
    contexts.push(context)
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    page.on('pageerror', (error) => failures.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(server.directUrl)) failures.push(`asked for ${request.url()}`)
    })
    page.on('console', (message) => {
      if (/security policy/i.test(message.text())) failures.push(message.text())
    })
    return page
  }

  const send = (body: Parameters<typeof sendVerification>[1] = {}) =>
    sendVerification(server, { redirectUrl, ...body }, [new URL(redirectUrl).origin])
  const input = (page: Page) => page.getByLabel('Verification code')
  /** Waits until the browser sets the focus. It does so when it draws the page, which may be after the load. */
  const isReadyToType = (page: Page) =>
    expect.poll(() => page.evaluate('document.activeElement.id')).toBe('code')
  const done = async (page: Page) => {
    await page.getByRole('status').getByText('Email address verified').waitFor()
    expect(failures.splice(0)).toEqual([])
    await page.context().close()
  }

  it.each([true, false])(
    'leads from the send through the email to a verified address (JavaScript: %j)',
    async (javaScriptEnabled) => {
      const { api, sent, path, code } = await send()
      const page = await newPage({ javaScriptEnabled })
      await page.goto(server.directUrl + path)
      await input(page).fill(wrongCode(code))
      await page.getByRole('button', { name: 'Verify' }).click()
      await page.getByRole('alert').getByText('You have 4 attempts left.').waitFor()
      expect(await input(page).inputValue()).toBe('')
      expect(new URL(page.url()).pathname).toBe('/verify-email')
      await input(page).fill(server.sink.codeTo('user@example.com'))
      await page.getByRole('button', { name: 'Verify' }).click()

      expect(await page.title()).toBe('Email address verified')
      const back = page.getByRole('link', { name: 'Continue to app.acme.example' })
      expect(await back.getAttribute('href')).toBe(`${redirectUrl}?sessionId=${sent.sessionId}`)
      expect(await page.getByRole('textbox').count()).toBe(0)
      expect((await emailVerification.verify(api, sent)).error?.error.code).toBe('SESSION_NOT_FOUND')
      await done(page)
    },
  )

  it.each([true, false])(
    'sends a new code to a person who types the address (JavaScript: %j)',
    async (javaScriptEnabled) => {
      const email = `again-${javaScriptEnabled}@example.com`
      const { path, sessionId } = await send({ email })
      const page = await newPage({ javaScriptEnabled })
      await page.goto(server.directUrl + path)
      await page.getByText('Didn’t get the email?').click()
      await page.getByLabel('Email address').fill(email)
      await page.getByRole('button', { name: 'Send a new code' }).click()
      await page.getByRole('heading', { name: 'Check your email' }).waitFor()
      expect(new URL(page.url()).searchParams.get('sessionId')).not.toBe(sessionId)
      await page.reload()
      await page.getByRole('heading', { name: 'Check your email' }).waitFor()
      expect(server.sink.mails.filter(({ recipients }) => recipients.includes(email))).toHaveLength(2)
      await input(page).fill(server.sink.codeTo(email))
      await page.getByRole('button', { name: 'Verify' }).click()
      await done(page)
    },
  )

  it('can be used with the keyboard alone', async () => {
    const { path, code } = await send()
    const page = await newPage()
    await page.goto(server.directUrl + path)
    await isReadyToType(page)
    await page.keyboard.type(wrongCode(code))
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await isReadyToType(page)
    await page.keyboard.type(code)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.tagName')).toBe('BUTTON')
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    await page.keyboard.press('Space')
    await page.getByRole('status').waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.tagName')).toBe('A')
    await done(page)
  })

  it.each([
    ['spaces', (code: string) => `${code.slice(0, 3)} ${code.slice(3)} `],
    ['dashes', (code: string) => `${code.slice(0, 3)}–${code.slice(3)}`],
    ['three spaces between the digits', (code: string) => [...code].join('   ')],
  ])('accepts a pasted code with %s', async (_case, spell) => {
    const { path, code } = await send({ otpDigits: 10 })
    const page = await newPage()
    await page.goto(server.directUrl + path)
    await isReadyToType(page)
    await page.evaluate(`document.execCommand('insertText', false, ${JSON.stringify(spell(code))})`)
    await page.keyboard.press('Enter')
    await done(page)
  })

  it('tells the browser the purpose of the input, and submits no empty code and no letters', async () => {
    const { path } = await send()
    const page = await newPage()
    await page.goto(server.directUrl + path)
    for (const [name, value] of Object.entries({ inputmode: 'numeric', autocomplete: 'one-time-code' })) {
      expect(await input(page).getAttribute(name)).toBe(value)
    }
    for (const typed of ['', 'letters']) {
      await input(page).fill(typed)
      await page.getByRole('button', { name: 'Verify' }).click()
      expect(await page.evaluate('document.querySelector(":invalid") !== null')).toBe(true)
      expect(await page.getByRole('alert').count()).toBe(0)
    }
  })

  it('keeps the code usable after an email scanner: HEAD, GET, JavaScript, empty forms, every link', async () => {
    const { path, code, sessionId } = await send()
    const mailsBefore = server.sink.mails.length
    const { text = '', html } = server.sink.mailTo('user@example.com').parsed
    const inMail = `${text} ${html || ''}`.match(/https:\/\/otp\.acme\.example\/[^\s"<>]+/g) ?? []
    const links = [path, ...inMail.map((link) => link.replace('https://otp.acme.example', ''))]
    for (const link of links) {
      for (const method of ['HEAD', 'GET']) await fetch(server.directUrl + link, { method })
      for (const javaScriptEnabled of [true, false]) {
        const page = await newPage({ javaScriptEnabled })
        await page.goto(`${server.directUrl}${link}#scanned`)
        for (const anchor of await page.getByRole('link').all()) await anchor.click()
        await page.getByRole('button', { name: 'Verify' }).click()
        if (javaScriptEnabled) {
          await page.evaluate('document.forms[0].noValidate = true; document.forms[0].submit()')
          await page.getByRole('alert').getByText('Enter your code').waitFor()
          await page.evaluate('document.forms[1].noValidate = true; document.forms[1].submit()')
          await page.getByRole('alert').getByText('Enter your email address').waitFor()
        }
        await page.context().close()
      }
      await fetch(`${server.directUrl}/verify-email`, {
        method: 'POST',
        body: new URLSearchParams({ sessionId, code: '' }),
      })
    }
    expect(server.sink.mails.length).toBe(mailsBefore)
    const page = await newPage()
    await page.goto(server.directUrl + path)
    await input(page).fill(wrongCode(code))
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('You have 4 attempts left.').waitFor() // the scanner used none
    await input(page).fill(code)
    await page.keyboard.press('Enter')
    await done(page)
  })
})
