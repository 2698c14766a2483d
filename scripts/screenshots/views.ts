import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Stage } from './stage.ts'

export interface View {
  name: string
  open(page: Page, stage: Stage): Promise<unknown>
  /** The screens on which it is pictured; all of them by default. */
  screens?: Record<string, BrowserContextOptions>
  /** True pictures only what fits the screen. */
  isCut?: boolean
}

const pageOf = (stage: Stage, sessionId: string, more = '') =>
  `${stage.url}/verify-email?sessionId=${sessionId}${more}`

/** Opens the page of a new session, after `act` on it. */
const session = (
  name: string,
  act: (stage: Stage, sent: Awaited<ReturnType<Stage['verification']>>) => unknown,
  body = {},
): View => ({
  name: `page-${name}`,
  async open(page, stage) {
    const sent = await stage.verification(body)
    await act(stage, sent)
    await page.goto(pageOf(stage, sent.sessionId))
  },
})

const type = async (page: Page, stage: Stage, typed: (code: string) => string) => {
  const { sessionId, mail } = await stage.verification()
  await page.goto(pageOf(stage, sessionId))
  await page.locator('#code').fill(typed(mail.code ?? ''))
  await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.locator('form button').first().click(),
  ])
  await page.waitForLoadState()
}

const mail = (name: string, body = {}): View => ({
  name: `email-${name}`,
  async open(page, stage) {
    const sent = await stage.verification(body)
    await page.setContent(sent.mail.html)
  },
})

const docs = (name: string, place: string): View => ({
  name: `docs-${name}`,
  isCut: true,
  async open(page, stage) {
    await page.goto(`${stage.url}/docs/${place}`)
    await page.getByRole('heading').first().waitFor()
    await page.waitForTimeout(1_000) // The page scrolls to its place after it has drawn itself.
  },
})

const card = { card: { viewport: { width: 500, height: 660 }, deviceScaleFactor: 2 } }

export const views: View[] = [
  session('open', () => {}),
  session('open-10-digits', () => {}, { otpDigits: 10 }),
  session('open-ja', () => {}, { locale: 'ja' }),
  {
    name: 'page-typed',
    async open(page, stage) {
      const { sessionId, mail: sent } = await stage.verification()
      await page.goto(pageOf(stage, sessionId))
      await page.locator('#code').fill(sent.code ?? '')
    },
  },
  {
    name: 'page-unfolded',
    async open(page, stage) {
      const { sessionId } = await stage.verification()
      await page.goto(pageOf(stage, sessionId))
      await page.locator('summary').click()
    },
  },
  {
    name: 'page-wrong',
    open: (page, stage) => type(page, stage, (code) => `${code[0] === '0' ? 1 : 0}${code.slice(1)}`),
  },
  { name: 'page-verified', open: (page, stage) => type(page, stage, (code) => code) },
  session('expired', (stage) => stage.wait(3_700_000)),
  session('used-up', async (stage, { sessionId, mail: { code = '' } }) => {
    for (let n = 0; n < 5; n++)
      await stage.submit({ sessionId, code: code === '000000' ? '111111' : '000000' })
  }),
  session('already-verified', (stage, { sessionId, mail: { code = '' } }) =>
    stage.submit({ sessionId, code }),
  ),
  {
    name: 'page-new-code',
    async open(page, stage) {
      const { sessionId } = await stage.verification()
      await page.goto(pageOf(stage, sessionId, '&new'))
    },
  },
  { name: 'page-unknown', open: (page, stage) => page.goto(pageOf(stage, 'ev_nothing')) },
  { name: 'page-home', open: (page, stage) => page.goto(stage.url) },
  { ...mail('verification'), name: 'readme-email', screens: card },
  { ...session('open', () => {}), name: 'readme-page', screens: card },
  mail('verification'),
  mail('verification-de', { locale: 'de' }),
  mail('verification-hi', { locale: 'hi' }),
  mail('own-words', {
    subject: 'Welcome aboard',
    verificationLine: 'Welcome! Please confirm your address with this code:',
  }),
  {
    name: 'email-without-styles',
    async open(page, stage) {
      const sent = await stage.verification()
      await page.setContent(sent.mail.html.replace(/<style>.*?<\/style>/s, ''))
    },
  },
  docs('start', ''),
  docs('errors', '#section/Errors'),
  docs('configuration', '#section/Configuration'),
  docs('operation', '#tag/Email-verification/operation/sendEmailVerification'),
  docs('try', 'try.html'),
  {
    name: 'inbox',
    async open(page, stage) {
      await stage.verification()
      await page.goto(`${stage.url}/_dev/inbox`)
    },
  },
]
