/** Rolls back the transaction of whatever is over a limit. */
export class OverLimit extends Error {
  readonly retryAfterMs: number

  constructor(retryAfterMs: number) {
    super('over a limit')
    this.retryAfterMs = retryAfterMs
  }
}
