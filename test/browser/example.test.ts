import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import sirv from 'sirv'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startMock } from '../../scripts/mock/server.ts'
import { sandboxOf } from '../../server/sandbox.ts'
import { accessibilityProblems } from '../support/axe.ts'
import { chromiumPath, launchChromium } from '../support/browser.ts'
import { wrongCode } from '../support/flows.ts'
import { TestServer, useServer } from '../support/server.ts'

const skipped = chromiumPath === undefined ? ' (skipped: no Chromium; set CHROMIUM_PATH)' : ''

/** Serves the example page, as packaged, from a server of its own. */
function usePage() {
  let files: Server
  let browser: Browser
  const failures: string[] = []
  const shown = { page: undefined as unknown as Page, origin: '' }

  beforeAll(async () => {
    const folder = fileURLToPath(new URL('../../clients/typescript', import.meta.url))
    files = createServer(sirv(folder, { dev: true }))
    await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve))
    shown.origin = `http://127.0.0.1:${(files.address() as AddressInfo).port}`
    browser = await launchChromium()
  }, 60_000)

  beforeEach(async () => {
    shown.page = await browser.newPage()
    shown.page.setDefaultTimeout(10_000)
    shown.page.on('pageerror', (error) => failures.push(error.message))
    await shown.page.goto(`${shown.origin}/example/`)
    await shown.page.getByText('Connection settings').click()
  })

  afterEach(async () => {
    await shown.page.close()
    expect(failures.splice(0), 'errors that the page did not catch').toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    await new Promise((resolve) => files?.close(resolve))
  })

  return Object.assign(shown, {
    /** Fills in the URL of the service and the token. */
    connect: async (url: string, token: string) => {
      await shown.page.getByLabel('Base URL').fill(url)
      await shown.page.getByLabel('Public token').fill(token)
    },
    askForACode: async (email: string) => {
      await shown.page.getByLabel('Email address').fill(email)
      await shown.page.getByRole('button', { name: 'Send me a code' }).click()
    },
    type: async (code: string) => {
      await shown.page.getByLabel('Code', { exact: true }).fill(code)
      await shown.page.getByRole('button', { name: 'Verify' }).click()
    },
    resend: () => shown.page.getByRole('button', { name: 'Send a new code' }).click(),
    sees: (text: string | RegExp) => shown.page.getByText(text).filter({ visible: true }).first().waitFor(),
    alert: (text: string | RegExp) => shown.page.getByRole('alert').getByText(text).waitFor(),
  })
}

// A front-end team writes these tests once, against the mock, and runs them again against a real server.
const worlds = {
  'the mock': async () => {
    const mock = await startMock({ port: 0, host: '127.0.0.1', wait: async () => {} })
    return { url: mock.url, token: 'risu_otp_test_anything', stop: () => mock.close() }
  },
  'a real server, with sandbox credentials': async () => {
    const server = await new TestServer().start()
    server.now = Date.now()
    const { token } = await server.token({ projectId: sandboxOf('default') })
    const stop = async () => {
      expect(server.sink.mails, 'no mailbox is needed').toEqual([])
      await server.stop()
    }
    return { url: server.directUrl, token, stop }
  },
}

describe.skipIf(skipped !== '').each(Object.entries(worlds))(`a sign-in on %s${skipped}`, (_world, start) => {
  const user = usePage()
  let world: Awaited<ReturnType<typeof start>>
  beforeAll(async () => {
    world = await start()
  }, 60_000)
  afterAll(() => world?.stop())
  beforeEach(() => user.connect(world.url, world.token))

  it('succeeds, and shows the typed address and an expiry in the future', async () => {
    await user.askForACode('alice@acme.test')
    await user.sees('alice@acme.test')
    const expiry = await user.page.locator('#expiry').getAttribute('datetime')
    expect(Date.parse(expiry ?? '') - Date.now()).toBeGreaterThan(500_000)
    await user.type('424 242')
    await user.sees('You are signed in')
    await user.sees('Welcome, alice@acme.test.')
  })

  it('counts down the attempts, and continues with a new code', async () => {
    await user.askForACode('wrong@acme.test')
    for (const left of ['4 attempts', '3 attempts', '2 attempts', '1 attempt']) {
      await user.type('000000')
      await user.alert(`You have ${left} left.`)
    }
    await user.type('000000')
    await user.alert('That code is not right. Send a new code.')
    await user.type('424242')
    await user.alert('You have used all attempts for this code.')
    await user.resend()
    await user.type('424242')
    await user.sees('You are signed in')
  })

  it.each([
    ['an address that is not valid', 'nobody@localhost', 'email must be exactly one email address'],
    ['an email that cannot be delivered', 'a+delivery-failed@acme.test', 'We could not send the email.'],
    ['a server without a mail server', 'a+smtp-not-configured@acme.test', 'The service cannot do this now.'],
    ['an unavailable service', 'a+unavailable@acme.test', 'The service cannot do this now.'],
    ['too many codes', 'a+rate-limited@acme.test', 'You asked for too many codes. Try again in 42 seconds.'],
    [
      'too many codes for one address',
      'a+recipient-limited@acme.test',
      'You asked for too many codes. Try again in 15 minutes.',
    ],
  ])('says what to do about %s', async (_case, email, message) => {
    await user.askForACode(email)
    await user.alert(message)
    expect(await user.page.getByLabel('Email address').getAttribute('aria-invalid')).toBe('true')
  })

  it.each([
    ['an expired code', 'a+expired@acme.test', 'This code has expired or was already used.'],
    [
      'a code without attempts left',
      'a+attempts-used-up@acme.test',
      'You have used all attempts for this code.',
    ],
    [
      'an address with too many wrong codes',
      'a+guess-limited@acme.test',
      'There were too many wrong codes. Try again in 60 minutes.',
    ],
  ])('says what to do about %s', async (_case, email, message) => {
    await user.askForACode(email)
    await user.type('424242')
    await user.alert(message)
  })

  it('waits for a slow response', async () => {
    await user.askForACode('a+slow@acme.test')
    await user.type('424242')
    await user.sees('You are signed in')
  })

  it('has no accessibility problem in any step, in light and dark mode', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await user.page.emulateMedia({ colorScheme })
      expect(await accessibilityProblems(user.page)).toEqual([])
      await user.askForACode('axe@acme.test')
      await user.sees('Check your email')
      await user.type('000000')
      await user.alert('That code is not right.')
      expect(await accessibilityProblems(user.page)).toEqual([])
      await user.type('424242')
      await user.sees('You are signed in')
      expect(await accessibilityProblems(user.page)).toEqual([])
      await user.page.getByRole('button', { name: 'Sign out' }).click()
    }
  })
})

describe.skipIf(skipped !== '')(`the example page on a live server${skipped}`, () => {
  const server = useServer({ environment: { LIMIT_PER_RECIPIENT: '3/15m' } })
  const user = usePage()

  it('sends a code to a real inbox and verifies the typed code after one wrong try', async () => {
    const { token } = await server.token({ allowedOrigins: [user.origin] })
    await user.connect(server.url, token)
    await user.askForACode('user@example.com')
    await user.sees('Check your email')
    const code = server.sink.codeTo('user@example.com')
    await user.type(wrongCode(code))
    await user.alert('That code is not right.')
    await user.type(`${code.slice(0, 3)} ${code.slice(3)}`)
    await user.sees('You are signed in')
  })

  it('says how long to wait when the limit is reached', async () => {
    const { token } = await server.token()
    await user.connect(server.url, token)
    await user.askForACode('often@example.com')
    for (let count = 1; count < 3; count++) {
      await expect.poll(() => mailsTo('often@example.com')).toBe(count)
      await user.page
        .getByRole('button', { name: 'Send a new code' })
        .and(user.page.locator(':enabled'))
        .click()
    }
    await expect.poll(() => mailsTo('often@example.com')).toBe(3)
    await user.page
      .getByRole('button', { name: 'Send a new code' })
      .and(user.page.locator(':enabled'))
      .click()
    await user.alert('You asked for too many codes. Try again in')
    expect(mailsTo('often@example.com')).toBe(3)
  })

  it.each<[string, () => Promise<string>, string]>([
    ['an unknown token', async () => 'risu_otp_unknown', 'The service does not accept this token.'],
    [
      'a token of another page',
      async () => (await server.token({ allowedOrigins: ['https://app.example'] })).token,
      'The token does not allow requests from here.',
    ],
    ['no token', async () => '', 'token is missing'],
  ])('says what to do about %s', async (_case, token, message) => {
    await user.connect(server.url, await token())
    await user.askForACode('user@example.com')
    await user.alert(message)
  })

  it('says that the service did not answer if nothing listens at the base URL', async () => {
    await user.connect('http://127.0.0.1:1', 'risu_otp_any')
    await user.askForACode('user@example.com')
    await user.alert('The service did not answer.')
  })

  const mailsTo = (address: string) =>
    server.sink.mails.filter(({ recipients }) => recipients.includes(address)).length
})
