/** What the client takes from the machine it runs on; the tests put their own in its place. */
export interface Environment {
  /** Calls back after this many milliseconds; the function it returns cancels that. */
  setTimer(callback: () => void, ms: number): () => void
  /** Milliseconds since 1970. */
  now(): number
  /** Uniform over 0 (included) to 1 (excluded). */
  random(): number
}

/** A longer timer would fire at once: every engine keeps the delay in 32 bits. */
const longestTimerMs = 2_147_483_647

export const systemEnvironment: Environment = {
  setTimer(callback, ms) {
    const timer = setTimeout(callback, Math.min(ms, longestTimerMs))
    return () => clearTimeout(timer)
  },
  now: () => Date.now(),
  random: () => Math.random(),
}
