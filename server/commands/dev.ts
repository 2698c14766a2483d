import { createApp } from '../app.ts'
import type { Environment } from '../config/variables.ts'
import { loadConfig, loadDatabase } from '../config.ts'
import { banner } from '../dev/banner.ts'
import { startInbox } from '../dev/inbox.ts'
import { inboxRoutes } from '../dev/inbox-routes.ts'
import { devFolder, loadDevState, restoreDevCredentials } from '../dev/state.ts'
import { createLogger } from '../log.ts'
import { runUntilSignal, warnOfUnknown } from './run.ts'

/** The development server. It fills in missing settings, catches emails, and checks responses against the contract. */
export async function dev(environment: Environment): Promise<void> {
  const folder = devFolder(loadDatabase(environment))
  const kept = await loadDevState(folder)
  const hasRoute = environment['SMTP_URL'] || environment['SMTP_URL_FILE']
  const inbox = hasRoute ? undefined : await startInbox()
  const config = loadConfig({
    ...environment,
    ...(environment['OTP_SECRET'] || environment['OTP_SECRET_FILE'] ? {} : { OTP_SECRET: kept.otpSecret }),
    ...(inbox ? { SMTP_URL: inbox.smtpUrl } : {}),
    MAIL_FROM: environment['MAIL_FROM'] || 'no-reply@example.com',
    MAIL_BRAND_NAME: environment['MAIL_BRAND_NAME'] || 'Example',
  })
  const log = createLogger(config.logLevel)
  warnOfUnknown(environment, log)
  const app = await createApp(config, {
    log,
    reportViolation: (violation) => log.error({ violation }, 'a response breaks the contract'),
    ...(inbox ? { routes: inboxRoutes(inbox) } : {}),
  })
  const state = await restoreDevCredentials(app.credentials, folder, kept)
  const listener = await app.listen()
  runUntilSignal(log, [() => listener.stop(10_000), () => app.close(), async () => inbox?.close()])
  void app.checkRoutes()
  process.stdout.write(banner(listener.url, inbox !== undefined, state))
}
