import { reasonOf } from './abort.ts'
import { dataOf } from './answer.ts'
import type { PlainClient } from './api.ts'
import type { Environment } from './environment.ts'
import { RisumailOtpError, RisumailOtpTransportError } from './errors.ts'
import type { paths } from './generated/contract.ts'
import { longestWaitMs, type RetryPolicy, waitBeforeRetry } from './retry.ts'
import type { ApiPromise, CallOptions } from './types.ts'

/** An operation, as the generated methods describe it. */
interface Operation {
  method: 'get' | 'post'
  path: keyof paths
  retry: RetryPolicy
}

interface CallInput {
  body?: unknown
  query?: object | undefined
  header?: object
}

/** Calls an operation and resolves with its `data`. The generated methods know the type of that `data`. */
export type Call = (operation: Operation, input: CallInput, options?: CallOptions) => ApiPromise<never>

/** Called before each request goes out, retries included. It may change the request's headers. */
export type RequestHook = (request: Request) => void | Promise<void>
/** Called for each response before the client reads it. To read the body, `clone()` the response. */
export type ResponseHook = (response: Response, request: Request) => void | Promise<void>

export interface CallSettings {
  fetch: (request: Request) => Promise<Response>
  baseUrl: string
  timeoutMs: number
  maxRetries: number
  onRequest: RequestHook | undefined
  onResponse: ResponseHook | undefined
  redact: (text: string) => string
  environment: Environment
}

interface Answer {
  data: never
  response: Response
}

/** Makes calls with a timeout for each attempt, and with the retries that the operation's policy allows. */
export function createCall(api: PlainClient, settings: CallSettings): Call {
  const call = async (operation: Operation, input: CallInput, options: CallOptions): Promise<Answer> => {
    const { timeoutMs = settings.timeoutMs, maxRetries = settings.maxRetries, signal } = options
    requireNumbers({ timeoutMs, maxRetries })
    const { environment } = settings
    let waitedMs = 0
    for (let retries = 0; ; ) {
      try {
        return await tryOnce(api, { ...settings, timeoutMs }, operation, input, options)
      } catch (error) {
        // While the first attempt is still in progress, wait for its outcome. That wait does not count as a retry.
        const isPatient = maxRetries > 0 && isUnderWay(error)
        if (signal?.aborted || (retries >= maxRetries && !isPatient)) throw error
        const waitMs = waitBeforeRetry(operation.retry, error, retries, environment.random)
        if (waitMs === undefined || waitedMs + waitMs > longestWaitMs) throw error
        waitedMs += waitMs
        if (!isPatient) retries++
        await pause(environment, waitMs, signal)
      }
    }
  }
  return (operation, input, options = {}) => {
    const answer = call(operation, input, options)
    const data = answer.then((whole) => whole.data)
    const withResponse = () => {
      // The caller handles the failure of `answer`. Without this, the same failure of `data` would go unhandled.
      data.catch(() => {})
      return answer
    }
    return Object.assign(data, { withResponse })
  }
}

/** @throws {TypeError} if one of the numbers is not valid */
export function requireNumbers({ timeoutMs, maxRetries }: { timeoutMs: number; maxRetries: number }): void {
  if (!(timeoutMs > 0)) throw new TypeError('timeoutMs must be a number above 0')
  if (!(maxRetries >= 0)) throw new TypeError('maxRetries must be 0 or more')
}

const isUnderWay = (error: unknown) =>
  error instanceof RisumailOtpError && error.code === 'IDEMPOTENCY_IN_PROGRESS'

async function tryOnce(
  api: PlainClient,
  { fetch, baseUrl, timeoutMs, redact, environment, onRequest, onResponse }: CallSettings,
  { method, path }: Operation,
  { body, ...params }: CallInput,
  { signal, headers }: CallOptions,
): Promise<Answer> {
  if (signal?.aborted) throw reasonOf(signal)
  const name = `${method.toUpperCase()} ${baseUrl}${path}`
  const controller = new AbortController()
  let ending: { reason: unknown } | undefined
  let end: (reason: unknown) => void = () => {}
  // Do not rely on `fetch` alone: a `fetch` that ignores its signal must not keep the caller waiting.
  const ended = new Promise<never>((_resolve, reject) => {
    end = (reason) => {
      ending ??= { reason }
      reject(reason)
      controller.abort(reason)
    }
  })
  const onAbort = () => end(signal && reasonOf(signal))
  signal?.addEventListener('abort', onAbort)
  const cancelTimer = environment.setTimer(
    () => end(new RisumailOtpTransportError('timeout', `${name} timed out after ${timeoutMs} ms.`)),
    timeoutMs,
  )

  // Only network failures become transport errors. Other failures are bugs in the caller's program and are thrown
  // unchanged: a hook that throws, for example, or a body that cannot be written as JSON.
  let isUnderWay = false
  try {
    const init = {
      body,
      params,
      headers,
      parseAs: 'text',
      signal: controller.signal,
      fetch: async (request: Request) => {
        await onRequest?.(request)
        isUnderWay = true
        const response = await fetch(request)
        isUnderWay = false
        await onResponse?.(response, request)
        isUnderWay = true
        return response
      },
    }
    const answer = await Promise.race([ended, api.request(method as 'post', path as never, init as never)])
    const { response, data, error } = answer as { response: Response; data?: string; error?: unknown }
    const result = dataOf(response, response.ok ? parsed(data) : error, environment.now(), redact)
    return { data: result as never, response }
  } catch (cause) {
    if (ending) throw ending.reason
    const isOurs = cause instanceof RisumailOtpError || cause instanceof RisumailOtpTransportError
    if (isOurs || !isUnderWay) throw cause
    const message = `${name} failed before the full response arrived${redact(inWords(cause))}.`
    throw new RisumailOtpTransportError('network', message, { cause })
  } finally {
    cancelTimer()
    signal?.removeEventListener('abort', onAbort)
  }
}

/** Describes what was thrown, with the code of the error underneath: `: fetch failed (ECONNREFUSED)`. */
function inWords(cause: unknown): string {
  const {
    message,
    code,
    cause: deeper,
  } = (cause ?? {}) as Partial<Record<'message' | 'code' | 'cause', unknown>>
  const below = deeper as { code?: unknown; message?: unknown } | undefined
  const known = code ?? below?.code ?? below?.message
  return (message ? `: ${message}` : '') + (known ? ` (${known})` : '')
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

/** @throws the signal's reason, as soon as the signal is aborted */
function pause(environment: Environment, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = environment.setTimer(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    const onAbort = () => {
      cancel()
      reject(signal && reasonOf(signal))
    }
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
