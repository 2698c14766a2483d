import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { figure, isLongForm } from '../support/figures.ts'
import { type Fleet, outcomeOf, tally, useFleet } from '../support/fleet.ts'

interface Limit {
  max: number
  windowMs: number
}

const processes = figure({ quick: 3, long: 8 })
const perRecipient: Limit = isLongForm ? { max: 5, windowMs: 2000 } : { max: 3, windowMs: 300 }
const perCredential: Limit = isLongForm ? { max: 40, windowMs: 1000 } : { max: 20, windowMs: 250 }
/** How many windows are filled, one after the other. */
const windows = figure({ quick: 4, long: 25 })
/** At how many places between two boundaries of the clock a load begins. */
const offsets = figure({ quick: 4, long: 8 })

const inWords = ({ max, windowMs }: Limit) => `${max}/${windowMs}ms`

/** The most mails that any window of this length holds, both its ends included. */
function fullestWindow(times: number[], windowMs: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  let first = 0
  let fullest = 0
  sorted.forEach((time, last) => {
    while (time - (sorted[first] ?? time) > windowMs) first++
    fullest = Math.max(fullest, last - first + 1)
  })
  return fullest
}

/** Begins at this part of a window of the clock, so that bursts stand on both sides of its boundaries. */
async function untilPartOfWindow(part: number, { windowMs }: Limit): Promise<void> {
  const since = (Date.now() - part * windowMs) % windowMs
  await sleep(windowMs - since)
}

/** Sends from every process at once and again as soon as it is answered, until this many mails were accepted. */
async function hammer(fleet: Fleet, addressOf: () => string, accepted: number): Promise<string[]> {
  const outcomes: string[] = []
  let left = accepted
  const worker = async (turn: number) => {
    while (left > 0) {
      const outcome = outcomeOf(await fleet.server(turn).send({ email: addressOf() }))
      if (outcome === '200') left--
      outcomes.push(outcome)
    }
  }
  await Promise.all(Array.from({ length: 2 * processes }, (_, turn) => worker(turn)))
  return outcomes
}

describe(`send limits over ${processes} processes, by the times at which the mail server accepted`, () => {
  const fleet = useFleet(processes, {
    LIMIT_PER_RECIPIENT: inWords(perRecipient),
    LIMIT_PER_CREDENTIAL: inWords(perCredential),
  })

  it(`no window of any credential’s ${inWords(perCredential)} holds more, nor one of any recipient’s ${inWords(perRecipient)}`, async () => {
    const { ledger } = fleet
    // A mail server that takes its time, each time another one, so that the order of the sends is not that of the mails.
    ledger.delayMs = () => Math.random() * 0.3 * perRecipient.windowMs

    const recipients = Array.from({ length: offsets }, () => fleet.newAddress())
    const bursts = recipients.map(async (email, place) => {
      await untilPartOfWindow(place / offsets, perRecipient)
      return hammer(fleet, () => email, windows * perRecipient.max)
    })
    const toRecipients = (await Promise.all(bursts)).flat()
    const toAnybody = await untilPartOfWindow(0.9, perCredential).then(() =>
      hammer(fleet, () => fleet.newAddress(), windows * perCredential.max),
    )

    expect(Object.keys(tally([...toRecipients, ...toAnybody]))).toEqual(['200', '429 RATE_LIMITED'])
    const acceptances = ledger.entries.flatMap(({ to, acceptedAt }) =>
      acceptedAt === undefined ? [] : [{ to, acceptedAt }],
    )
    for (const recipient of recipients) {
      const times = acceptances.filter(({ to }) => to === recipient).map(({ acceptedAt }) => acceptedAt)
      expect(times.length).toBeGreaterThanOrEqual(windows * perRecipient.max)
      expect(fullestWindow(times, perRecipient.windowMs), recipient).toBeLessThanOrEqual(perRecipient.max)
    }
    const all = acceptances.map(({ acceptedAt }) => acceptedAt)
    expect(fullestWindow(all, perCredential.windowMs)).toBeLessThanOrEqual(perCredential.max)
  })
})

describe('a delivery', () => {
  const max = 3
  const fleet = useFleet(2, {
    LIMIT_PER_RECIPIENT: `${max}/15m`,
    LIMIT_PER_CREDENTIAL: '1000/15m',
    SMTP_TIMEOUT: '500ms',
  })
  const sendFrom = async (turn: number, email: string) => outcomeOf(await fleet.server(turn).send({ email }))
  const sendFromBoth = async (count: number, email: string) =>
    tally(await Promise.all(Array.from({ length: count }, (_, turn) => sendFrom(turn, email))))
  afterEach(() => {
    fleet.ledger.refusal = () => undefined
    fleet.ledger.delayMs = () => 0
    fleet.ledger.isSilent = false
  })

  it('that was refused counts in no window, whichever process it failed in', async () => {
    const email = fleet.newAddress()
    fleet.ledger.refusal = () => 550
    for (let n = 0; n < 2 * max; n++) expect(await sendFrom(n, email)).toBe('502 SMTP_DELIVERY_FAILED')
    // While a delivery is under way it counts, so of many at once some are refused.
    const outcomes = await sendFromBoth(20, email)
    expect(outcomes['502 SMTP_DELIVERY_FAILED']).toBeGreaterThanOrEqual(max)
    expect(Object.keys(outcomes)).not.toContain('200')

    fleet.ledger.refusal = () => undefined
    expect(await sendFromBoth(20, email)).toEqual({ 200: max, '429 RATE_LIMITED': 20 - max })
  })

  it('that ended before the mail was handed over counts in no window', async () => {
    const email = fleet.newAddress()
    fleet.ledger.isSilent = true
    for (let n = 0; n < max; n++) expect(await sendFrom(n, email)).toBe('502 SMTP_DELIVERY_FAILED')
    fleet.ledger.isSilent = false
    expect(await sendFromBoth(20, email)).toEqual({ 200: max, '429 RATE_LIMITED': 20 - max })
  })

  it('that the mail server confirms too late counts, for the recipient gets it', async () => {
    const email = fleet.newAddress()
    fleet.ledger.delayMs = () => 1_000
    for (let n = 0; n < max; n++) expect(await sendFrom(n, email)).toBe('502 SMTP_DELIVERY_FAILED')
    expect(fleet.ledger.entries.filter(({ to }) => to === email)).toHaveLength(max)
    fleet.ledger.delayMs = () => 0
    expect(await sendFromBoth(20, email)).toEqual({ '429 RATE_LIMITED': 20 })
  })
})
