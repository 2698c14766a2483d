import { setFlagsFromString } from 'node:v8'
import { createApp } from '../app.ts'
import type { Environment } from '../config/variables.ts'
import { loadConfig } from '../config.ts'
import { createLogger } from '../log.ts'
import { runUntilSignal, warnOfUnknown } from './run.ts'

// Longer than a delivery may take by default, and shorter than the 10 s after which Docker kills the process.
const graceMs = 9_000
// Long enough for busy connections: a response tells their callers to open another one.
const restMs = 1_000

// The heap may grow by half between two collections. On a large machine, V8 would let a heap of 25 MB grow to four
// times its size, which makes nothing faster here.
const heapGrowth = '--heap-growing-percent=50'

/** The production server. All its settings come from the environment. */
export async function serve(environment: Environment): Promise<void> {
  setFlagsFromString(heapGrowth)
  const config = loadConfig(environment)
  const log = createLogger(config.logLevel)
  warnOfUnknown(environment, log)
  if (config.smtp.routes.length === 0)
    log.warn('SMTP_URL is not set: every send answers 503 SMTP_NOT_CONFIGURED')
  if (config.mailFrom.name === '' && config.brand.name === '')
    log.warn('MAIL_BRAND_NAME is not set: emails and pages do not say who sent them')
  if (!environment['PUBLIC_URL']) log.warn({ publicUrl: config.publicUrl }, 'PUBLIC_URL is not set')
  const app = await createApp(config, { log })
  const listener = await app.listen()
  runUntilSignal(log, [() => listener.stop(graceMs, restMs), () => app.close()])
  const { migrated } = app
  const { metricsUrl, url } = listener
  log.info(
    { store: config.database.engine, node: process.versions.node, migrated, metricsUrl, url },
    'listening',
  )
  void app.checkRoutes()
}
