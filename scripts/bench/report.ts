import type { Operation, Round } from './load.ts'

/** All measurements, by server and operation. */
export type Measured = Record<string, Partial<Record<Operation, Round[]>>>

export interface Summary {
  server: string
  operation: Operation
  rounds: number
  perSecond: number
  p50Ms: number
  p99Ms: number
  cpuMsPerOperation: number | undefined
  /** The server's throughput divided by that of the base server: the median over the rounds. */
  ratio: number | undefined
  p99Ratio: number | undefined
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** Returns the medians, and the ratios to `base`. Each ratio compares figures of the same round. */
export function summarize(measured: Measured, base: string): Summary[] {
  return Object.entries(measured).flatMap(([server, byOperation]) =>
    Object.entries(byOperation).map(([operation, rounds]): Summary => {
      const others = measured[base]?.[operation as Operation] ?? []
      const ratios = (figure: 'perSecond' | 'p99Ms') =>
        server === base || others.length === 0
          ? undefined
          : median(rounds.map((round, n) => round[figure] / (others[n]?.[figure] ?? Number.NaN)))
      const cpu = rounds.flatMap(({ cpuMsPerOperation }) => cpuMsPerOperation ?? [])
      return {
        server,
        operation: operation as Operation,
        rounds: rounds.length,
        perSecond: median(rounds.map(({ perSecond }) => perSecond)),
        p50Ms: median(rounds.map(({ p50Ms }) => p50Ms)),
        p99Ms: median(rounds.map(({ p99Ms }) => p99Ms)),
        cpuMsPerOperation: cpu.length > 0 ? median(cpu) : undefined,
        ratio: ratios('perSecond'),
        p99Ratio: ratios('p99Ms'),
      }
    }),
  )
}

const shown = (value: number | undefined, digits: number) =>
  value === undefined ? '-' : value.toFixed(digits)

export function table(summaries: readonly Summary[], memory: Record<string, number | undefined>): string {
  const rows = [
    ['', 'per second', 'ratio', 'p50 ms', 'p99 ms', 'p99 ratio', 'CPU ms', 'RSS MiB'],
    ...summaries.map(({ server, operation, ...figures }) => [
      `${operation} ${server}`,
      shown(figures.perSecond, 0),
      shown(figures.ratio, 2),
      shown(figures.p50Ms, 1),
      shown(figures.p99Ms, 1),
      shown(figures.p99Ratio, 2),
      shown(figures.cpuMsPerOperation, 2),
      shown(memory[server], 0),
    ]),
  ]
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
  return rows.map(line).join('\n')
}
