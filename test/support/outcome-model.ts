/** A session, as the outcome rules describe it in the simplest terms. */
export interface OutcomeSession {
  id: string
  recipient: number
  code: string
  expiresAt: number
  earlier: OutcomeSession | undefined
  attempts: number
  maxAttempts: number
  sentAt: number | undefined
  failedAt: number | undefined
  verifiedAt: number | undefined
  canceledAt: number | undefined
  wrongCodesAt: number[]
}

type Status = 'PENDING' | 'VERIFIED' | 'EXPIRED' | 'ATTEMPTS_USED_UP' | 'FAILED' | 'CANCELED'

/** A model of how sessions must end, as lists in memory. */
export class OutcomeModel {
  readonly sessions: OutcomeSession[] = []

  /** @param code undefined if the email was refused */
  send(id: string, recipient: number, code: string | undefined, now: number, lifetimeMs: number): void {
    const before = this.sessions.findLast(
      (session) => session.recipient === recipient && session.failedAt === undefined,
    )
    const earlier = before && this.statusOf(before, now) === 'PENDING' ? before : undefined
    this.sessions.push({
      id,
      recipient,
      code: code ?? '',
      expiresAt: now + lifetimeMs,
      earlier: code === undefined ? undefined : earlier,
      attempts: earlier?.attempts ?? 0,
      maxAttempts: 5,
      sentAt: code === undefined ? undefined : now,
      failedAt: code === undefined ? now : undefined,
      verifiedAt: undefined,
      canceledAt: undefined,
      wrongCodesAt: [],
    })
  }

  type(session: OutcomeSession, code: string, now: number): void {
    if (this.statusOf(session, now) !== 'PENDING') return
    const { earlier } = session
    const isEarlierOpen = earlier !== undefined && this.statusOf(earlier, now) === 'PENDING'
    if (code === session.code) session.verifiedAt = now
    else if (isEarlierOpen && code === earlier.code) {
      session.verifiedAt = now
      earlier.expiresAt = now
    } else {
      const linked = this.sessions.filter((other) => other === earlier || other.earlier === session)
      for (const counted of [session, ...linked]) {
        const { verifiedAt, canceledAt, attempts, maxAttempts } = counted
        if ((verifiedAt ?? canceledAt) !== undefined || attempts === maxAttempts) continue
        counted.attempts++
        counted.wrongCodesAt.push(now)
      }
    }
  }

  cancel(session: OutcomeSession, now: number): void {
    if (this.statusOf(session, now) === 'PENDING') session.canceledAt = now
  }

  /** The first end wins. */
  statusOf(session: OutcomeSession, now: number): Status {
    const usedUpAt = session.attempts === session.maxAttempts ? session.wrongCodesAt.at(-1) : undefined
    const ends: [number | undefined, Status][] = [
      [session.verifiedAt, 'VERIFIED'],
      [session.canceledAt, 'CANCELED'],
      [session.failedAt, 'FAILED'],
      [usedUpAt, 'ATTEMPTS_USED_UP'],
      [session.expiresAt <= now ? session.expiresAt : undefined, 'EXPIRED'],
    ]
    const ended = ends.filter(([at]) => at !== undefined) as [number, Status][]
    return ended.sort(([a], [b]) => a - b)[0]?.[1] ?? 'PENDING'
  }

  /** What the status operation must return. */
  answerOf(session: OutcomeSession, email: string, now: number): object {
    const status = this.statusOf(session, now)
    const iso = (at: number) => new Date(at).toISOString()
    const events: [string, number | undefined][] = [
      ['SENT', session.sentAt],
      ...session.wrongCodesAt.map((at): [string, number] => ['WRONG_CODE', at]),
      ['DELIVERY_FAILED', session.failedAt],
      ['VERIFIED', session.verifiedAt],
      ['CANCELED', session.canceledAt],
      ['EXPIRED', status === 'EXPIRED' ? session.expiresAt : undefined],
    ]
    const happened = events.filter(([, at]) => at !== undefined) as [string, number][]
    return {
      sessionId: session.id,
      email,
      status,
      expiresAt: iso(session.expiresAt),
      ...(session.sentAt === undefined ? {} : { sentAt: iso(session.sentAt) }),
      ...(session.verifiedAt === undefined ? {} : { verifiedAt: iso(session.verifiedAt) }),
      attemptsLeft: status === 'PENDING' ? session.maxAttempts - session.attempts : 0,
      events: happened.sort(([, a], [, b]) => a - b).map(([type, at]) => ({ type, at: iso(at) })),
    }
  }
}
