import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger } from 'pino'

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

// Text that libraries put into error messages and that no log may hold.
const secrets: [RegExp, string][] = [
  [/risu_(?:key|otp)_\w+/g, '[credential]'],
  [/\/\/[^/\s@]*:[^/\s@]*@/g, '//[login]@'],
  [/[^\s<>"'(),:;@/[\]]+@[^\s<>"'(),:;]+/g, '[address]'],
  [/\b\d{4,10}\b/g, '[digits]'],
]

function scrub(text: string): string {
  return secrets.reduce((scrubbed, [pattern, mark]) => scrubbed.replace(pattern, mark), text)
}

interface LoggedError {
  type: string
  code?: unknown
  responseCode?: unknown
  message: string
  stack?: string
  cause?: LoggedError
}

/** An error for the log: what failed and where, without addresses, credentials or digits that may be a code. */
export function describeError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: scrub(String(error)) }
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    ...(responseCode === undefined ? {} : { responseCode }),
    message: scrub(error.message),
    ...(frames === undefined ? {} : { stack: frames.join('\n') }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}

/** One JSON line a record, on standard output unless `destination` says otherwise. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError },
  }
  return destination ? pino(options, destination) : pino(options)
}
