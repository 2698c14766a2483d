/** A session, as the rules describe it in the simplest terms. The store must reach the same results in its own way. */
export interface ModelSession {
  recipient: number
  code: string
  expiresAt: number
  earlier: ModelSession | undefined
  attempts: number
  maxAttempts: number
  isVerified: boolean
}

interface ModelRules {
  maxGuesses: number
  windowMs: number
}

/** The rules of verification across all sessions, as lists in memory. */
export class VerifyModel {
  readonly sessions: ModelSession[] = []
  /** The times of wrong codes, for each recipient. A wrong code is listed once per code that it was compared with. */
  readonly guesses: number[][] = [[], []]
  readonly #rules: ModelRules

  constructor(rules: ModelRules) {
    this.#rules = rules
  }

  send(recipient: number, code: string, now: number, lifetimeMs: number): void {
    const before = this.sessions.findLast((session) => session.recipient === recipient)
    const maxAttempts = code.length <= 5 ? 3 : 5
    const isUsable =
      before &&
      !before.isVerified &&
      before.expiresAt > now &&
      before.attempts < Math.min(before.maxAttempts, maxAttempts)
    const earlier = isUsable ? before : undefined
    this.sessions.push({
      recipient,
      code,
      expiresAt: now + lifetimeMs,
      earlier,
      attempts: earlier?.attempts ?? 0,
      maxAttempts,
      isVerified: false,
    })
  }

  /** Returns the status and error code that a verify of this session must get. */
  verify(session: ModelSession, code: string, now: number): string {
    const { maxGuesses, windowMs } = this.#rules
    const guesses = this.guesses[session.recipient] as number[]
    if (session.isVerified || session.expiresAt <= now) return '404 SESSION_NOT_FOUND'
    if (session.attempts >= session.maxAttempts) return '429 RATE_LIMITED'
    const { earlier } = session
    const isEarlierAlive = earlier && !earlier.isVerified && earlier.expiresAt > now
    const isEarlierUsable = isEarlierAlive && earlier.attempts < earlier.maxAttempts
    const compared = isEarlierUsable ? 2 : 1
    const recent = guesses.filter((at) => at >= now - windowMs).slice(-maxGuesses)
    if (recent.length > 0 && recent.length + compared > maxGuesses) {
      return `429 RATE_LIMITED ${Math.ceil(((recent[0] as number) + windowMs + 1 - now) / 1000)}`
    }

    // A text that is too long or too short for a right code is a wrong code, but costs nothing.
    const open = isEarlierAlive ? [session, earlier] : [session]
    if (!open.some((one) => one.code.length === code.length)) return '400 INVALID_CODE'

    session.attempts += 1
    if (isEarlierUsable && earlier.code === code) earlier.expiresAt = now
    else if (session.code !== code) {
      for (let count = 0; count < compared; count++) guesses.push(now)
      const linked = this.sessions.filter((other) => other.earlier === session || other === earlier)
      for (const other of linked)
        if (!other.isVerified && other.attempts < other.maxAttempts) other.attempts += 1
      return '400 INVALID_CODE'
    }
    session.isVerified = true
    return '200'
  }
}
