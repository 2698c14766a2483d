/** The clock state in the store. All processes share it. */
export interface ClockRow {
  /** How far the steady time is ahead of the time of day. */
  offsetMs: number
  /** A past steady time. It is written now and then, for processes that start later. */
  seenAt: number
}

export interface ClockReading {
  at: number
  steadyAt: number
  /** The state that the store must save. Undefined if the saved state is still good. */
  keep: ClockRow | undefined
}

const keepEveryMs = 10_000

/**
 * The time for limits. It advances with the time of day but never goes back. So setting the clock back frees nobody
 * from a limit, and blocks nobody for longer than one window. Everything else uses the time of day. A wrong clock
 * affects it only while the clock is wrong.
 */
export class SteadyClock {
  readonly #toleranceMs: number
  #latest = 0

  /** @param toleranceMs how far a reading may lie behind the latest one before the clock counts as set back */
  constructor(toleranceMs = 0) {
    this.#toleranceMs = toleranceMs
  }

  /** @param at the store's current time of day */
  read(at: number, { offsetMs, seenAt }: ClockRow): ClockReading {
    const latest = Math.max(this.#latest, seenAt)
    const expected = at + offsetMs
    const wentBack = expected < latest - this.#toleranceMs
    const steadyAt = wentBack ? latest : expected
    this.#latest = Math.max(latest, steadyAt)
    const isStale = steadyAt - seenAt > keepEveryMs
    return {
      at,
      steadyAt,
      keep: wentBack || isStale ? { offsetMs: steadyAt - at, seenAt: this.#latest } : undefined,
    }
  }
}
