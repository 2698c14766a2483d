import type { Client } from 'openapi-fetch'
import { dataOf } from './answer.ts'
import type { Environment } from './environment.ts'
import { RisumailOtpError, RisumailOtpTransportError } from './errors.ts'
import type { paths } from './generated/contract.ts'
import { longestWaitMs, type RetryPolicy, waitBeforeRetry } from './retry.ts'
import type { CallOptions } from './types.ts'

/** One operation as the generated methods name it. */
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

/** Calls an operation and resolves with its `data`; what that is, the generated methods know. */
export type Call = (operation: Operation, input: CallInput, options?: CallOptions) => Promise<never>

export interface CallSettings {
  fetch: (request: Request) => Promise<Response>
  timeoutMs: number
  maxRetries: number
  redact: (text: string) => string
  environment: Environment
}

/** Calls with a timeout for each try, and with the retries that the operation's policy allows. */
export function createCall(api: Client<paths>, settings: CallSettings): Call {
  const { maxRetries, environment } = settings
  return async (operation, input, { signal } = {}) => {
    let waitedMs = 0
    for (let retries = 0; ; ) {
      try {
        return (await tryOnce(api, settings, operation, input, signal)) as never
      } catch (error) {
        // Whose first try is still under way waits for its outcome, and that is not one more retry.
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
}

const isUnderWay = (error: unknown) =>
  error instanceof RisumailOtpError && error.code === 'IDEMPOTENCY_IN_PROGRESS'

async function tryOnce(
  api: Client<paths>,
  { fetch, timeoutMs, redact, environment }: CallSettings,
  { method, path }: Operation,
  { body, ...params }: CallInput,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  signal?.throwIfAborted()
  const name = `${method.toUpperCase()} ${path}`
  const controller = new AbortController()
  // Not left to `fetch` alone: one that does not look at its signal must not keep the caller waiting.
  const ended = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason))
  })
  const onAbort = () => controller.abort(signal?.reason)
  signal?.addEventListener('abort', onAbort)
  const cancelTimer = environment.setTimer(() => {
    controller.abort(
      new RisumailOtpTransportError('timeout', `${name} had no answer within ${timeoutMs} ms.`),
    )
  }, timeoutMs)

  let isSent = false
  try {
    const init = {
      body,
      params,
      parseAs: 'text',
      signal: controller.signal,
      fetch: (request: Request) => {
        isSent = true
        return fetch(request)
      },
    }
    const answer = await Promise.race([ended, api.request(method as 'post', path as never, init as never)])
    const { response, data, error } = answer as { response: Response; data?: string; error?: unknown }
    return dataOf(response, response.ok ? parsed(data) : error, environment.now(), redact)
  } catch (cause) {
    if (controller.signal.aborted) throw controller.signal.reason
    const isOurs = cause instanceof RisumailOtpError || cause instanceof RisumailOtpTransportError
    // What fails before the request is sent is a mistake in the program, such as a body that is no JSON.
    if (isOurs || !isSent) throw cause
    throw new RisumailOtpTransportError('network', `${name} failed before the whole answer arrived.`, {
      cause,
    })
  } finally {
    cancelTimer()
    signal?.removeEventListener('abort', onAbort)
  }
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

/** @throws the signal's reason as soon as it is aborted */
function pause(environment: Environment, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = environment.setTimer(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    const onAbort = () => {
      cancel()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
