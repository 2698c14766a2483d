import { type Environment, unknownVariables } from '../config/variables.ts'
import type { Logger } from '../log.ts'

/** On SIGTERM, SIGINT or SIGHUP, runs the steps in order, then exits 0. A second signal exits at once. */
export function runUntilSignal(log: Logger, steps: (() => Promise<void>)[]): void {
  let isStopping = false
  const stop = async (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(1)
    isStopping = true
    log.info({ signal }, 'stopping')
    for (const step of steps) await step()
    log.info('stopped')
    process.exit(0)
  }
  const onSignal = (signal: NodeJS.Signals) => {
    stop(signal).catch((error) => {
      log.fatal({ err: error }, 'could not stop cleanly')
      process.exit(1)
    })
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, onSignal)
}

/** Warns about variables that look like ours but are not. They are ignored. */
export function warnOfUnknown(environment: Environment, log: Logger): void {
  for (const { name, nearest } of unknownVariables(environment)) {
    log.warn(
      { variable: name, nearest },
      `${name} is not a variable of this server and is ignored. Did you mean ${nearest}?`,
    )
  }
}
