import { figure, isLongForm } from './figures.ts'

const quickSeed = 20260419

/** How often fast-check tries: the same inputs in every quick run, others in every long one. It names the seed when it fails. */
export function runs(counts: { quick: number; long: number }): { numRuns: number; seed?: number } {
  return { numRuns: figure(counts), ...(isLongForm ? {} : { seed: quickSeed }) }
}
