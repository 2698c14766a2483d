/** What the store keeps of its clock, for all processes. */
export interface ClockRow {
  /** How far the steady time is ahead of the time of day. */
  offsetMs: number
  /** A steady time that has been; it is written now and then, for processes that start later. */
  seenAt: number
}

export interface ClockReading {
  at: number
  steadyAt: number
  /** What the store must keep from now on; undefined if what it has will do. */
  keep: ClockRow | undefined
}

const keepEveryMs = 10_000

/**
 * The time by which limits count: it goes on as the time of day does, but never goes back. So a clock that is put back
 * frees nobody from a limit, and blocks nobody for longer than one window. Everything else goes by the time of day,
 * which a wrong clock makes wrong only while it is wrong.
 */
export class SteadyClock {
  readonly #toleranceMs: number
  #latest = 0

  /** @param toleranceMs how far apart two readings may come in the wrong order without the clock having gone back */
  constructor(toleranceMs = 0) {
    this.#toleranceMs = toleranceMs
  }

  /** @param at the time of day that the store has now */
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
