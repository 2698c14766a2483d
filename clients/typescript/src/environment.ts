/** The timers, clock and random numbers that the client uses. Tests replace them. */
export interface Environment {
  /** Calls back after this many milliseconds. The returned function cancels the timer. */
  setTimer(callback: () => void, ms: number): () => void
  /** Milliseconds since 1970. */
  now(): number
  /** A uniformly distributed number from 0 (included) to 1 (excluded). */
  random(): number
}

/** A longer timer would fire at once, because every engine stores the delay in 32 bits. */
const longestTimerMs = 2_147_483_647

export const systemEnvironment: Environment = {
  setTimer(callback, ms) {
    const timer = setTimeout(callback, Math.min(ms, longestTimerMs))
    return () => clearTimeout(timer)
  },
  now: () => Date.now(),
  random: () => Math.random(),
}
