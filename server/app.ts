import { readFile } from 'node:fs/promises'
import type { LookupFunction } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type Router from '@koa/router'
import Koa from 'koa'
import { parse } from 'yaml'
import { guessLimitsOf, sendLimitsOf } from './config/limits.ts'
import { parseNetworks } from './config/parse.ts'
import { type Config, ConfigError } from './config.ts'
import { findActive, ownLimitOf } from './credentials/find-active.ts'
import type { CredentialStore } from './credentials/ports.ts'
import { OtpError } from './errors.ts'
import { version } from './generated/version.ts'
import { createApi } from './http/api.ts'
import { clientAddress, countedPlace } from './http/client-address.ts'
import { createHandlers } from './http/handlers.ts'
import { healthRoutes } from './http/health.ts'
import { type HttpTimeouts, type Listener, listen } from './http/listen.ts'
import { createLogIds } from './http/log-ids.ts'
import { auditedAnswers, crossOrigin, requestEnvelope, strangeProxyWarning } from './http/middleware.ts'
import { createRequestLimit } from './http/request-limit.ts'
import { createSecurity } from './http/security.ts'
import type { RequestState } from './http/types.ts'
import { answerUnreadable, answerWithoutHost } from './http/unreadable.ts'
import { instance, type Logger } from './log.ts'
import { listenForMetrics } from './metrics/listen.ts'
import { openMailer } from './open-mailer.ts'
import { openStore, withEngine } from './open-store.ts'
import { createErasedKeys } from './otp/erased.ts'
import { createOutcomes } from './otp/outcomes.ts'
import { hostedPageOf } from './otp/page.ts'
import type { Clock } from './otp/ports.ts'
import type { Wait } from './otp/sandbox.ts'
import { docsRoutes } from './pages/docs.ts'
import { pageRoutes } from './pages/pages.ts'
import { longestClientWindowMs, longestCountedMs } from './retention.ts'
import { createBrands } from './store/brands.ts'
import { createPurge } from './store/purge.ts'
import { checkWritable } from './store/readiness.ts'
import { createPageTries } from './store/sessions.ts'
import { createOutbox, createWebhookRegistry } from './store/webhooks.ts'
import { createDispatcher } from './webhooks/dispatcher.ts'
import { resealSecrets } from './webhooks/lifecycle.ts'
import { createReach } from './webhooks/networks.ts'
import { createPoster } from './webhooks/post.ts'
import { createSealer } from './webhooks/secrets.ts'
import { telling } from './webhooks/telling.ts'

// The build copies the contract, so this path is right for the sources and for the build.
const contractFile = new URL('../openapi/openapi.yaml', import.meta.url)

export interface AppOptions {
  log: Logger
  /** Replaces every clock, including the store's. */
  now?: Clock
  /** Replaces the pause that a test outcome asks for. */
  wait?: Wait
  /** Called for every response that breaks the contract. If unset, responses are not checked. */
  reportViolation?: (violation: string) => void
  /** Extra routes that are not in the contract. */
  routes?: Router<RequestState>
  /** How long a step of the store waits for others, in milliseconds. */
  storeTimeoutMs?: number
  /** How long a caller may take over HTTP. */
  httpTimeouts?: HttpTimeouts
  /** Replaces the resolver for the host names of webhook endpoints. */
  webhookLookup?: LookupFunction | undefined
}

export interface App {
  /** The migrations that ran to bring the store up to date. */
  migrated: string[]
  credentials: CredentialStore
  listen(): Promise<Listener & { metricsUrl: string | undefined }>
  /** Probes every mail server without sending an email. Logs a warning for those that do not work. */
  checkRoutes(): Promise<void>
  /** Runs the purge now. The server also runs it regularly. @returns the number of deleted or cleared rows */
  purge(): Promise<number>
  /** Delivers every webhook that is due now. The server also does this by itself. */
  deliverWebhooks(): Promise<void>
  /** Closes the SMTP connections and the store. */
  close(): Promise<void>
}

/** Builds the service from its configuration. It does not listen yet. @throws if a part cannot be created */
export async function createApp(config: Config, options: AppOptions): Promise<App> {
  const { log, now = Date.now, wait = sleep, reportViolation, routes } = options
  // Loaded only if the operator wants metrics.
  const metrics =
    config.metrics && (await import('./metrics/metrics.ts')).createMetrics(config.database.engine)
  const tracing = config.tracing && (await startTracingWith(config.tracing, log))
  const opened = await openStore(config.database, { ...options, observer: metrics })
  const store = tracing ? withEngine(opened, tracing.engine(opened.engine)) : opened
  const brandOf = createBrands(store.engine, config.brand, options.now)
  const mailer = openMailer(config, {
    log,
    brandOf,
    onTry: (delivery, durationMs, marks) => {
      metrics?.onTry(delivery, durationMs)
      tracing?.onTry(delivery, durationMs, marks)
    },
  })

  const { credentials } = store
  const sealer = createSealer(config.otpSecrets)
  await resealSecrets(createWebhookRegistry(store.engine), sealer)
  const outbox = createOutbox(store.engine)
  metrics?.watch({ routes: mailer.routes, store: store.engine, webhooks: outbox, now })
  const poster = createPoster({
    reach: createReach(config.webhookAllowedNetworks),
    lookup: options.webhookLookup,
  })
  const dispatcher = createDispatcher({ outbox, poster: tracing?.poster(poster) ?? poster, sealer, now, log })
  const sessions = telling(store.sessions, dispatcher.wake)
  const purge = createPurge(store.engine, {
    retentionMs: config.retentionMs,
    retentionUnverifiedMs: config.retentionUnverifiedMs,
    countedMs: longestCountedMs(config),
    clientCountedMs: longestClientWindowMs(config),
    now,
    log,
    onPurge: metrics?.onPurge,
  })
  const outcomes = createOutcomes(log)
  const erasedKeys = createErasedKeys(config.otpSecrets[0])
  const sending = {
    wait,
    sessions,
    mailer,
    now,
    outcomes,
    erasedKeys,
    otpSecret: config.otpSecrets[0],
    publicTokenTexts: config.publicTokenTexts,
    limits: sendLimitsOf(config.limits),
    guesses: guessLimitsOf(config.limits),
  }
  const verifying = { sessions, otpSecrets: config.otpSecrets, guesses: guessLimitsOf(config.limits) }
  const { autofillHost } = config
  const hostedVerifyUrl = hostedPageOf(config.publicUrl)
  const limited = createRequestLimit(config.limits.LIMIT_REQUESTS_PER_CREDENTIAL, now)
  const api = await createApi(
    parse(await readFile(contractFile, 'utf8')),
    createHandlers({ sending, verifying, sessions, erasedKeys, limited, hostedVerifyUrl, autofillHost }),
    createSecurity({ credentials, now, trustedProxies: config.trustedProxies, parseNetworks }),
  )

  const page = pageRoutes({
    rules: {
      ...verifying,
      sending,
      hostedVerifyUrl,
      autofillHost,
      keyOf: async (id) => {
        const key = await findActive(credentials, id, now())
        return key && { allowedSenders: key.allowedSenders, ownLimit: ownLimitOf(key) }
      },
      tries: createPageTries(store.engine),
      limit: config.limits.LIMIT_PAGE_PER_ADDRESS,
    },
    publicUrl: config.publicUrl,
    brandOf,
    installation: config.brand,
    clientOf: (request) => countedPlace(clientAddress(request, config.trustedProxies)),
  })

  const koa = new Koa<RequestState>()
  koa.on('error', (error: unknown) => log.error({ err: error }, 'could not write a response'))
  if (tracing) koa.use(tracing.middleware)
  if (reportViolation) koa.use(auditedAnswers(api, reportViolation))
  koa.use(requestEnvelope(log, createLogIds(config.otpSecrets[0]), metrics?.onRequest))
  koa.use(strangeProxyWarning(log, config.trustedProxies))
  koa.use(crossOrigin(api))
  koa.use((context, next) => api.handle(context, next))
  koa.use(healthRoutes(() => checkWritable(store.engine)).routes())
  koa.use(page.routes())
  if (config.areDocsServed) koa.use(docsRoutes().routes())
  if (routes) koa.use(routes.routes())
  koa.use(() => {
    throw new OtpError('NOT_FOUND')
  })

  return {
    credentials,
    migrated: store.migrated,
    purge: purge.run,
    deliverWebhooks: dispatcher.run,
    checkRoutes: mailer.checkRoutes,
    listen: async () => {
      const { port, host } = config
      const listener = await listen({
        port,
        host,
        timeouts: options.httpTimeouts,
        handle: koa.callback(),
        refuse: answerUnreadable(log),
        refuseHost: answerWithoutHost(log),
      }).catch(cannotListen('PORT', config))
      const metricsListener =
        metrics &&
        config.metrics &&
        (await listenForMetrics(metrics, config.metrics).catch(cannotListen('METRICS_PORT', config.metrics)))
      purge.start()
      dispatcher.start()
      return {
        ...listener,
        metricsUrl: metricsListener?.url,
        // Stop the purge while requests finish: it may have to wait for a lock, and there is little time to stop.
        stop: async (...times) =>
          void (await Promise.all([listener.stop(...times).then(metricsListener?.stop), purge.stop()])),
      }
    },
    close: async () => {
      await dispatcher.stop()
      await outcomes.stop()
      mailer.close()
      await store.engine.close()
      await tracing?.stop()
    },
  }
}

/** Starts tracing. Its code is loaded only if the operator wants traces. */
async function startTracingWith(
  { endpoint, headers, serviceName, ratio }: NonNullable<Config['tracing']>,
  log: Logger,
) {
  const { startTracing } = await import('./tracing/tracing.ts')
  const resource = {
    'service.name': serviceName,
    'service.version': version,
    'service.instance.id': instance,
  }
  return startTracing({ endpoint, headers, resource, ratio, log })
}

function cannotListen(variable: string, { port, host }: { port: number; host: string }) {
  return (cause: NodeJS.ErrnoException): never => {
    throw new ConfigError(
      `${variable} ${port} on ${variable.replace('PORT', 'HOST')} ${host} cannot be used (${cause.code})`,
      {
        cause,
      },
    )
  }
}
