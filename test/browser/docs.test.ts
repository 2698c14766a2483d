import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operationsOf, readContract } from '../../scripts/docs/contract.ts'
import { buildSite } from '../../scripts/docs/site.ts'
import { chromiumPath, launchChromium } from '../support/browser.ts'

if (chromiumPath === undefined) {
  process.stdout.write('Chromium: not on this machine, so the docs are not opened (set CHROMIUM_PATH)\n')
}

const contractFile = new URL('../../openapi/openapi.yaml', import.meta.url)
const contract = await readContract(contractFile)

describe.skipIf(chromiumPath === undefined)('the docs in a browser without a network', () => {
  let folder: string
  let browser: Browser
  let page: Page
  const requests: string[] = []
  const complaints: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docs-'))
    const file = join(folder, 'index.html')
    await writeFile(file, await buildSite(contractFile))
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

  it('shows the sample whose tab is chosen', async () => {
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

  it('has no link that leads nowhere, and few to another site', async () => {
    const links = await page.evaluate<string[]>(
      "[...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))",
    )
    const targets = links
      .filter((link) => link.startsWith('#'))
      .map((link) => decodeURIComponent(link.slice(1)))
    expect(targets.length).toBeGreaterThan(100)
    expect(targets.filter((target) => target !== '').filter(notIn(await ids()))).toEqual([])
    const others = links.filter((link) => !/^(#|blob:|https:\/\/otp\.acme\.example\/)/.test(link))
    const known = [
      ...['https://redocly.com/redoc/', 'https://semver.org', 'https://www.standardwebhooks.com'],
      'https://litestream.io',
    ]
    expect(others.filter(notIn(known))).toEqual([])
  })

  it('needs no sideways scrolling on a phone', async () => {
    const [content, screen] = await page.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    )
    expect(content).toBe(screen)
    expect(screen).toBe(390)
  })

  it('opens at the place that the address names', async () => {
    await page.goto(`${page.url().replace(/#.*/, '')}#section/Errors/RATE_LIMITED`)
    await page.reload()
    const heading = page.locator('[id="section/Errors/RATE_LIMITED"] h2')
    await expect.poll(async () => (await heading.boundingBox())?.y).toBeLessThan(300)
  })

  it('finds what is searched for', async () => {
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.getByRole('textbox', { name: 'search' }).fill('hosted')
    await page.locator('[role=search] [role=menuitem]').first().waitFor()
    expect(await page.locator('[role=search] [role=menuitem]').count()).toBeGreaterThan(0)
  })

  it('asks for nothing but itself and complains about nothing', () => {
    const asked = requests.filter((url) => !url.startsWith('blob:')).map((url) => url.replace(/#.*/, ''))
    expect(new Set(asked)).toEqual(new Set([pathToFileURL(join(folder, 'index.html')).href]))
    expect(complaints).toEqual([])
  })
})

function notIn(list: string[]): (item: string) => boolean {
  const known = new Set(list)
  return (item) => !known.has(item)
}
