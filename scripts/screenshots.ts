import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BrowserContextOptions } from 'playwright-core'
import { launchChromium } from '../test/support/browser.ts'
import { startStage } from './screenshots/stage.ts'
import { type View, views } from './screenshots/views.ts'

const usage = `Takes pictures of every page, email and docs view: on a desktop, on a phone and in dark mode.

  npm run screenshots -- [--out <folder>] [--only <text>]

  --out <folder>  where the pictures go (default: screenshots)
  --only <text>   only views with this text in their name
`

const everyScreen: Record<string, BrowserContextOptions> = {
  desktop: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true },
  dark: { viewport: { width: 1280, height: 860 }, colorScheme: 'dark' },
}

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'screenshots' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean' },
  },
})
if (values.help) {
  process.stdout.write(usage)
} else {
  const folder = await mkdtemp(join(tmpdir(), 'risumail-otp-screenshots-'))
  const stage = await startStage(folder)
  const browser = await launchChromium()
  try {
    await mkdir(values.out, { recursive: true })
    for (const view of views.filter(({ name }) => name.includes(values.only))) await take(view)
  } finally {
    await browser.close()
    await stage.stop()
    await rm(folder, { recursive: true })
  }

  async function take({ name, open, screens = everyScreen, isCut }: View): Promise<void> {
    for (const [screen, options] of Object.entries(screens)) {
      const context = await browser.newContext({ locale: 'en-US', ...options })
      const page = await context.newPage()
      await open(page, stage)
      const file = join(values.out, `${name}.${screen}.png`)
      await writeFile(file, await page.screenshot({ fullPage: screens === everyScreen && !isCut }))
      process.stdout.write(`${file}\n`)
      await context.close()
    }
  }
}
