import { hostname } from 'node:os'
import { type DestinationStream, type Logger, pino } from 'pino'
import { version } from './generated/version.ts'
import { isoTime } from './iso-time.ts'
import { createLogDestination, type LogDestination } from './log-destination.ts'

export type { Logger } from 'pino'

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

const credential: [RegExp, string] = [/risu_(?:key|otp)_\w+/g, '[credential]']
// Parts of libraries' error messages that no log may contain. In a path, an @ may start the name of a package.
const secrets: [RegExp, string][] = [
  credential,
  [/\/\/[^/\s@]*:[^/\s@]*@/g, '//[login]@'],
  [/[^\s<>"(),:;@[\]\\]+(?<!node_modules\/)@[^\s<>"'(),:;]+/g, '[address]'],
  [/\d{4,}/g, '[digits]'],
]

// The patterns take quadratic time on some texts, so a text that is longer than any real message is cut.
const longestMessage = 1_000

function scrub(text: string): string {
  const cut = text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text
  return secrets.reduce((scrubbed, [pattern, mark]) => scrubbed.replace(pattern, mark), cut)
}

/** Replaces every credential in the text with a mark. */
export function withoutCredentials(text: string): string {
  return text.replace(...credential)
}

interface LoggedError {
  type: string
  code?: unknown
  responseCode?: unknown
  message: string
  stack?: string
  cause?: LoggedError
}

/** Describes an error for the log: what failed and where. No addresses, credentials or digits that may be a code. */
export function describeError(error: unknown, hasStack = !isOutage(error)): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: scrub(String(error)) }
  const { code, responseCode, response } = error as Error &
    Partial<Record<'code' | 'responseCode' | 'response', unknown>>
  const frames = error.stack
    ?.replace(error.message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    ...(responseCode === undefined ? {} : { responseCode }),
    message: scrub(
      typeof response === 'string' ? error.message.replaceAll(response, statusOf(response)) : error.message,
    ),
    ...(frames === undefined || !hasStack ? {} : { stack: frames.join('\n') }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause, hasStack) }),
  }
}

/** True if the store is unavailable. That is not a fault of the program, so the log needs no stack. */
function isOutage(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'SERVICE_UNAVAILABLE'
}

// Leave out the mail server's words: they may repeat the login, the recipient or the email, in any encoding.
// Keep its reply code and its enhanced status code (RFC 5321, section 4.2; RFC 3463).
function statusOf(reply: string): string {
  return /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?\b/.exec(reply)?.[0] ?? '[reply]'
}

// Both parts are needed: two instances may share a host, and in containers every process has the same id.
export const instance = `${hostname()}/${process.pid}`

let more: () => object = () => ({})

/** Calls `facts` for every line of every logger and adds the result, such as the id of the current trace. */
export function addToEveryLine(facts: () => object): void {
  more = facts
}

/** Writes one JSON line for each record, to `destination` or else to standard output. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { instance, version },
    mixin: () => more(),
    timestamp: () => `,"time":"${isoTime(Date.now())}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => describeError(error) },
  }
  return pino(options, destination ?? standardOutput())
}

let destination: LogDestination | undefined

function standardOutput(): DestinationStream {
  if (destination === undefined) {
    destination = createLogDestination(1)
    process.once('exit', destination.flushSync)
  }
  return destination
}
