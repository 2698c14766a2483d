import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operationsOf, readContract } from '../../scripts/docs/contract.ts'
import { buildPage } from '../../scripts/docs/site.ts'
import { accessibilityProblems } from '../support/axe.ts'
import { chromiumPath, launchChromium } from '../support/browser.ts'

if (chromiumPath === undefined) {
  process.stdout.write('Chromium: not on this machine, so the docs are not opened (set CHROMIUM_PATH)\n')
}

const contractFile = new URL('../../openapi/openapi.yaml', import.meta.url)
const contract = await readContract(contractFile)

describe.skipIf(chromiumPath === undefined)('the docs page in a browser without a network', () => {
  let folder: string
  let browser: Browser
  let page: Page
  const requests: string[] = []
  const complaints: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docs-'))
    const file = join(folder, 'index.html')
    await writeFile(file, await buildPage(contractFile))
    browser = await launchChromium()
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, offline: true })
    page = await context.newPage()
    page.on('request', (request) => requests.push(request.url()))
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(pathToFileURL(file).href)
    await page.locator('[id="operation/verifyEmailVerification"]').waitFor({ state: 'attached' })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true })
  })

  const ids = () => page.evaluate<string[]>("[...document.querySelectorAll('[id]')].map(({ id }) => id)")

  it('has every operation with a sample in nine languages', async () => {
    const languages = 'curl, JavaScript, TypeScript client, Python, PHP, Go, Ruby, Java, C#'.split(', ')
    for (const { tag, operationId } of operationsOf(contract)) {
      const operation = page.locator(`[id="tag/${tag.replaceAll(' ', '-')}/operation/${operationId}"]`)
      const tabs = await operation.getByRole('tab').allTextContents()
      expect(tabs).toEqual(expect.arrayContaining(languages))
    }
  })

  it('shows the sample of the selected tab', async () => {
    const operation = page.locator('[id="tag/Backend-OTP/operation/sendBackendOtp"]')
    await operation.getByRole('tab', { name: 'TypeScript client' }).click()
    const sample = operation.getByRole('tabpanel').filter({ hasText: '@risumail-otp/client' })
    expect(await sample.innerText()).toContain("otp.sendBackendOtp({ email: 'user@example.com' })")
  })

  it('shows the defaults of the fields of a body', async () => {
    const operation = page.locator('[id="tag/Backend-OTP/operation/sendBackendOtp"]')
    expect(await operation.locator('td', { hasText: 'How long the code can be used' }).innerText()).toContain(
      'Default: 600',
    )
  })

  it('has a section for every error code', async () => {
    const codes = contract.components.schemas.ErrorCode.enum
    expect(await ids()).toEqual(expect.arrayContaining(codes.map((code) => `section/Errors/${code}`)))
  })

  it('has no broken link, and only known links to other sites', async () => {
    const links = await page.evaluate<string[]>(
      "[...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))",
    )
    const targets = links
      .filter((link) => link.startsWith('#'))
      .map((link) => decodeURIComponent(link.slice(1)))
    expect(targets.length).toBeGreaterThan(100)
    expect(targets.filter((target) => target !== '').filter(notIn(await ids()))).toEqual([])
    const ours = /^(#|blob:|https:\/\/otp\.acme\.example\/|https:\/\/github\.com\/risumail\/risumail-otp)/
    const others = links.filter((link) => !ours.test(link))
    const known = [
      ...['try.html', 'openapi.yaml'],
      ...[
        'https://redocly.com/redoc/',
        'https://semver.org/spec/v2.0.0.html',
        'https://keepachangelog.com/en/1.1.0/',
        'https://www.standardwebhooks.com',
      ],
      'https://litestream.io',
      'https://openapi-ts.dev/openapi-fetch/',
      ...['http://localhost', 'http://localhost:4318'], // examples in the table of settings
    ]
    expect(others.filter(notIn(known))).toEqual([])
  })

  it('needs no horizontal scrolling on a phone', async () => {
    const [content, screen] = await page.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    )
    expect(content).toBe(screen)
    expect(screen).toBe(390)
  })

  it('opens at the section that the URL names', async () => {
    await page.goto(`${page.url().replace(/#.*/, '')}#section/Errors/RATE_LIMITED`)
    await page.reload()
    const heading = page.locator('[id="section/Errors/RATE_LIMITED"] h2')
    await expect.poll(async () => (await heading.boundingBox())?.y).toBeLessThan(300)
  })

  it('has a button on every code block that copies the whole block', async () => {
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const blocks = page.locator('#docs .redoc-markdown pre')
    const count = await blocks.count()
    expect(count).toBeGreaterThan(20)
    expect(await blocks.filter({ has: page.getByRole('button', { name: 'Copy' }) }).count()).toBe(count)
    const first = blocks.first()
    await first.getByRole('button', { name: 'Copy' }).click()
    await first.getByRole('button', { name: 'Copied' }).waitFor()
    const copied = await page.evaluate('navigator.clipboard.readText()')
    expect(copied).toBe((await first.locator('code').innerText()).trimEnd())
  })

  it.each(['light', 'dark'] as const)(
    'has no serious problem that axe-core finds, in %s mode',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme })
      await page.reload()
      await page.locator('[id="operation/verifyEmailVerification"]').waitFor({ state: 'attached' })
      expect(await page.evaluate('document.documentElement.dataset.theme')).toBe(colorScheme)
      expect(await accessibilityProblems(page, ['serious', 'critical'])).toEqual([])
    },
    240_000,
  )

  it('keeps the chosen theme after a reload', async () => {
    await page.emulateMedia({ colorScheme: 'light' })
    await page.reload()
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(await background()).toBe('rgb(255, 255, 255)')
    await page.getByRole('button', { name: 'Switch between light and dark' }).click()
    await expect.poll(background).toBe('rgb(23, 29, 36)')
    await page.reload()
    expect(await background()).toBe('rgb(23, 29, 36)')
    await page.evaluate('localStorage.clear()')
  })

  it.each([
    ['hosted', 'the hosted page'],
    ['hostedVerifyUrl', 'a field of a response'],
    ['verificationLine', 'a field of a request'],
    ['SMTP_MAX_CONNECTIONS', 'a setting'],
    ['IDEMPOTENCY_KEY_REUSED', 'an error code'],
  ])('finds %s in its search: %s', async (term) => {
    await page.getByRole('textbox', { name: 'search' }).fill(term)
    await page.locator('[role=search] [role=menuitem]').first().waitFor()
    expect(await page.locator('[role=search] [role=menuitem]').count()).toBeGreaterThan(0)
    await page.getByRole('textbox', { name: 'search' }).fill('')
    await page.locator('[role=search] [role=menuitem]').first().waitFor({ state: 'detached' })
  })

  it('requests only its own file, and logs no message in the console', () => {
    const asked = requests.filter((url) => !url.startsWith('blob:')).map((url) => url.replace(/#.*/, ''))
    expect(new Set(asked)).toEqual(new Set([pathToFileURL(join(folder, 'index.html')).href]))
    expect(complaints).toEqual([])
  })
})

function notIn(list: string[]): (item: string) => boolean {
  const known = new Set(list)
  return (item) => !known.has(item)
}
