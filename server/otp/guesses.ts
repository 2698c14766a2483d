import type { Limit } from '../settings.ts'
import { nothingUsed, type Tally, tallyWaitMs, totalOf, type Usage, waitMs } from './limits.ts'
import type { GuessLimit, GuessLimits, PublicClient, Refusal } from './ports.ts'

// Rules for wrong codes: which of them count, for whom, and who may try again.

/** Codes of 4 and 5 digits are so much easier to guess that they have their own limits. */
export function isShort(otpDigits: number): boolean {
  return otpDigits < 6
}

export const noGuessLimits: GuessLimits = {
  recipient: { all: undefined, short: undefined },
  address: { all: undefined, short: undefined },
  network: { all: undefined, short: undefined },
  credential: { all: undefined, short: undefined },
  addressWhenBusy: undefined,
}

/** The wrong codes counted so far for the recipient and the client of the next guess. */
export interface GuessUsage {
  recipient: Usage
  recipientShort: Usage
  tallies: readonly Tally[]
}

export const noGuesses: GuessUsage = { recipient: nothingUsed, recipientShort: nothingUsed, tallies: [] }

export type GuessKind = 'guess' | 'short_guess'

/** A total that the next guess adds to, and its limit. */
export interface GuessCounter {
  kind: GuessKind
  subject: string
  limit: Limit
}

/** Returns the names under which the store keeps a client's totals. */
export function tallySubjects({ address, network, credentialId }: PublicClient) {
  return [`address ${address}`, `network ${network}`, `credential ${credentialId}`] as const
}

/** Returns the counters for a guess with a public token. */
export function guessCounters(
  client: PublicClient,
  limits: GuessLimits,
  isShortCode: boolean,
): GuessCounter[] {
  const [ofAddress, ofNetwork, ofCredential] = tallySubjects(client)
  const subjects: [string, GuessLimit][] = [
    [ofAddress, limits.address],
    [ofNetwork, limits.network],
    [ofCredential, limits.credential],
  ]
  return subjects.flatMap(([subject, { all, short }]) => {
    const counters: GuessCounter[] = []
    if (all) counters.push({ kind: 'guess', subject, limit: all })
    if (short && isShortCode) counters.push({ kind: 'short_guess', subject, limit: short })
    return counters
  })
}

export interface NextGuess {
  isShort: boolean
  /** How many codes it is compared with. Each one is another chance to guess right. */
  cost: number
  /** The client that types it with a public token. */
  client: PublicClient | undefined
}

/**
 * Decides whether a person may type one more code, right or wrong. A token whose guesses are used up is under attack.
 * It keeps working, but each client address has only a few wrong codes left. Its short codes have their own limit. When
 * that is used up, short codes stop working.
 * @returns the refusal with the longest wait
 */
export function judgeGuess(
  usage: GuessUsage,
  limits: GuessLimits,
  { isShort: isShortCode, cost, client }: NextGuess,
  at: number,
): Refusal | undefined {
  const refusals: Refusal[] = []
  const add = (limit: Limit | undefined, wait: (limit: Limit) => number) => {
    const retryAfterMs = limit ? wait(limit) : 0
    if (limit && retryAfterMs > 0) refusals.push({ limit, retryAfterMs })
  }
  add(limits.recipient.all, (limit) => waitMs(usage.recipient, limit, at, cost))
  if (isShortCode) add(limits.recipient.short, (limit) => waitMs(usage.recipientShort, limit, at, cost))

  const [ofAddress = '', ofNetwork = '', ofCredential = ''] = client ? tallySubjects(client) : []
  for (const { kind, subject, limit } of client ? guessCounters(client, limits, isShortCode) : []) {
    const tallies = talliesOf(usage.tallies, kind, subject)
    const isOfToken = kind === 'guess' && subject === ofCredential
    if (!isOfToken) add(limit, () => tallyWaitMs(tallies, limit, at, cost))
    else if (client && totalOf(tallies, at) + cost > limit.max) {
      const own = talliesOf(usage.tallies, 'guess', client.isIpv6 ? ofNetwork : ofAddress)
      add(limits.addressWhenBusy, (few) => tallyWaitMs(own, few, at, cost))
    }
  }
  return refusals.sort((a, b) => b.retryAfterMs - a.retryAfterMs)[0]
}

function talliesOf(tallies: readonly Tally[], kind: GuessKind, subject: string): Tally[] {
  return tallies.filter((tally) => tally.kind === kind && tally.subject === subject)
}

/** Returns the name under which the store keeps the wrong codes for a recipient, separately for each side. */
export function guessSubject(openedBy: string, projectId: string, countedRecipient: string): string {
  return `${openedBy} ${projectId} ${countedRecipient}`
}
