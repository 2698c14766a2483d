import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { figure } from '../support/figures.ts'
import { type Fleet, outcomeOf, sessionIdOf, tally, useFleet } from '../support/fleet.ts'
import { wrongCode } from '../support/flows.ts'

interface Limit {
  max: number
  windowMs: number
}

const processes = figure({ quick: 3, long: 8 })
const perRecipient: Limit = {
  max: figure({ quick: 3, long: 5 }),
  windowMs: figure({ quick: 1000, long: 2000 }),
}
const perCredential: Limit = { max: figure({ quick: 20, long: 40 }), windowMs: 1000 }
/** How many windows are filled, one after another. */
const windows = figure({ quick: 3, long: 25 })
/** The number of places between two boundaries of the clock's windows at which a load begins. */
const offsets = figure({ quick: 4, long: 8 })

const inWords = ({ max, windowMs }: Limit) => `${max}/${windowMs}ms`

/** Returns the most emails in any window of this length, including both of its ends. */
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

/** Waits for this part of a window of the clock, so that bursts fall on both sides of its boundaries. */
async function untilPartOfWindow(part: number, { windowMs }: Limit): Promise<void> {
  const since = (Date.now() - part * windowMs) % windowMs
  await sleep(windowMs - since)
}

/** Sends from every process at once, and again after each response, until this many emails were accepted. */
async function hammer(fleet: Fleet, addressOf: () => string, accepted: number): Promise<string[]> {
  const outcomes: string[] = []
  let left = accepted
  const worker = async (turn: number) => {
    while (left > 0) {
      const outcome = outcomeOf(await fleet.server(turn).send({ email: addressOf() }))
      outcomes.push(outcome)
      if (outcome === '200') left--
      else await sleep(5) // otherwise the refusals would use up the machine's time
    }
  }
  await Promise.all(Array.from({ length: 2 * processes }, (_, turn) => worker(turn)))
  return outcomes
}

describe(`the send limits over ${processes} processes, by the times at which the mail server accepts`, () => {
  const fleet = useFleet(processes, {
    LIMIT_PER_RECIPIENT: inWords(perRecipient),
    LIMIT_PER_CREDENTIAL: inWords(perCredential),
  })

  it(`hold in every window: ${inWords(perCredential)} for a credential, ${inWords(perRecipient)} for a recipient`, async () => {
    const { ledger } = fleet
    // The mail server takes a different time for each email, so emails do not arrive in the order of the sends.
    ledger.delayMs = () => Math.random() * 0.1 * perRecipient.windowMs

    const recipients = Array.from({ length: offsets }, () => fleet.newAddress())
    const bursts = recipients.map(async (email, place) => {
      await untilPartOfWindow(place / offsets, perRecipient)
      return hammer(fleet, () => email, windows * perRecipient.max)
    })
    const toRecipients = (await Promise.all(bursts)).flat()
    const toAnybody = await untilPartOfWindow(0.9, perCredential).then(() =>
      hammer(fleet, () => fleet.newAddress(), windows * perCredential.max),
    )

    for (const outcomes of [toRecipients, toAnybody]) {
      expect(Object.keys(tally(outcomes))).toEqual(['200', '429 RATE_LIMITED'])
    }
    const acceptances = ledger.entries.flatMap(({ to, acceptedAt }) =>
      acceptedAt === undefined ? [] : [{ to, acceptedAt }],
    )
    for (const recipient of recipients) {
      const times = acceptances.filter(({ to }) => to === recipient).map(({ acceptedAt }) => acceptedAt)
      expect(times.length).toBeGreaterThanOrEqual(windows * perRecipient.max)
      expect(fullestWindow(times, perRecipient.windowMs), recipient).toBe(perRecipient.max)
    }
    const all = acceptances.map(({ acceptedAt }) => acceptedAt)
    expect(fullestWindow(all, perCredential.windowMs)).toBeLessThanOrEqual(perCredential.max)
  })
})

describe(`the limits of tries, over ${processes} processes at once`, () => {
  const max = 7
  const tries = 20
  const fleet = useFleet(processes, {
    LIMIT_PER_ADDRESS: `${max}/1h`,
    LIMIT_PAGE_PER_ADDRESS: `${max}/1h`,
    LIMIT_GUESSES_PER_RECIPIENT: `${max}/1h`,
    TRUSTED_PROXIES: '127.0.0.1',
  })
  const rounds = Array.from({ length: figure({ quick: 2, long: 25 }) }, (_, round) => round)
  const atOnce = async (count: number, outcome: (turn: number) => Promise<string>) =>
    tally(await Promise.all(Array.from({ length: count }, (_, turn) => outcome(turn))))

  it.each(rounds)(
    `let ${max} of ${tries} sends of one client with a public token be emailed (%i)`,
    async (round) => {
      const headers = { Authorization: `Bearer ${fleet.token}`, 'X-Forwarded-For': `203.0.113.${round}` }
      const mails = fleet.ledger.entries.length
      const send = (turn: number) =>
        fleet.server(turn).post('/api/v1/instant-otp/send', { email: fleet.newAddress() }, { headers })
      expect(await atOnce(tries, async (turn) => outcomeOf(await send(turn)))).toEqual({
        200: max,
        '429 OTP_RATE_LIMITED': tries - max,
      })
      expect(fleet.ledger.entries).toHaveLength(mails + max)
    },
  )

  it.each(rounds)(
    `let ${max} of ${tries} codes that one client enters on the page be checked (%i)`,
    async (round) => {
      const type = 'application/x-www-form-urlencoded'
      const headers = { 'Content-Type': type, 'X-Forwarded-For': `203.0.113.${round}` }
      const body = 'sessionId=ev_01KPJRXTK0Q4T7V9X2B5N6C1DE&code=1'
      const submit = (turn: number) =>
        fleet.server(turn).call('/verify-email', { method: 'POST', headers, body })
      expect(await atOnce(tries, async (turn) => String((await submit(turn)).status))).toEqual({
        404: max,
        429: tries - max,
      })
    },
  )

  it.each(rounds)(
    `let ${max} of 15 wrong codes for one recipient be compared, in three sessions of one project (%i)`,
    async (round) => {
      const email = fleet.newAddress()
      // Sessions that were opened with different keys do not share attempts.
      const withNewKey = async () => {
        const options = { headers: { Authorization: `Bearer ${await fleet.newKey('a')}` } }
        const sent = await fleet.server(round).post('/api/v1/backend-otp/send', { email }, options)
        const code = fleet.ledger.codeTo(email)
        const verify = async (turn: number, typed: string) => {
          const body = { sessionId: sessionIdOf(sent), email, code: typed }
          return outcomeOf(await fleet.server(turn).post('/api/v1/backend-otp/verify', body, options))
        }
        return { code, verify }
      }
      const sessions = [await withNewKey(), await withNewKey(), await withNewKey()]
      const outcomes = await Promise.all(
        sessions.map(({ code, verify }, place) =>
          Promise.all(Array.from({ length: 5 }, (_, turn) => verify(place + turn, wrongCode(code)))),
        ),
      )
      expect(tally(outcomes.flat())).toEqual({ '400 INVALID_CODE': max, '429 RATE_LIMITED': 15 - max })
      for (const { code, verify } of sessions) expect(await verify(round, code)).toBe('429 RATE_LIMITED')
    },
  )
})

describe('a delivery', () => {
  const max = 3
  const fleet = useFleet(2, {
    LIMIT_PER_RECIPIENT: `${max}/15m`,
    LIMIT_PER_CREDENTIAL: '1000/15m',
    SMTP_TIMEOUT: '2s',
  })
  const sendFrom = async (turn: number, email: string) => outcomeOf(await fleet.server(turn).send({ email }))
  const sendFromBoth = async (count: number, email: string) =>
    tally(await Promise.all(Array.from({ length: count }, (_, turn) => sendFrom(turn, email))))
  afterEach(() => {
    fleet.ledger.refusal = () => undefined
    fleet.ledger.delayMs = () => 0
    fleet.ledger.isSilent = false
  })

  it('counts in no window if it was refused, whichever process it failed in', async () => {
    const email = fleet.newAddress()
    fleet.ledger.refusal = () => 550
    for (let n = 0; n < 2 * max; n++) expect(await sendFrom(n, email)).toBe('502 SMTP_DELIVERY_FAILED')
    // A delivery counts while it is in progress, so some of many sends at once are refused.
    const outcomes = await sendFromBoth(20, email)
    expect(outcomes['502 SMTP_DELIVERY_FAILED']).toBeGreaterThanOrEqual(max)
    expect(Object.keys(outcomes)).not.toContain('200')

    fleet.ledger.refusal = () => undefined
    expect(await sendFromBoth(20, email)).toEqual({ 200: max, '429 RATE_LIMITED': 20 - max })
  })

  it('counts in no window if it ended before the email was handed over', async () => {
    const email = fleet.newAddress()
    fleet.ledger.isSilent = true
    expect(await sendFromBoth(max, email)).toEqual({ '502 SMTP_DELIVERY_FAILED': max })
    fleet.ledger.isSilent = false
    expect(await sendFromBoth(20, email)).toEqual({ 200: max, '429 RATE_LIMITED': 20 - max })
  })

  it('counts if the mail server confirms it too late, because the recipient gets the email', async () => {
    const email = fleet.newAddress()
    fleet.ledger.delayMs = () => 3_000
    expect(await sendFromBoth(max, email)).toEqual({ '502 SMTP_DELIVERY_FAILED': max })
    expect(fleet.ledger.entries.filter(({ to }) => to === email)).toHaveLength(max)
    fleet.ledger.delayMs = () => 0
    expect(await sendFromBoth(20, email)).toEqual({ '429 RATE_LIMITED': 20 })
  })
})
