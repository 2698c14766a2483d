import { figure, isLongForm } from './figures.ts'

const quickSeed = 20260419

/**
 * How many inputs fast-check tries. Quick runs repeat the same inputs, long runs use new ones. A failure prints the
 * seed.
 */
export function runs(counts: { quick: number; long: number }): { numRuns: number; seed?: number } {
  return { numRuns: figure(counts), ...(isLongForm ? {} : { seed: quickSeed }) }
}
