import type { Answer, Caller, Credential, Sent, World } from './world.ts'

/** Counts the requests of honest people, and how many of those were refused. */
export class Losses {
  made = 0
  lost = 0
  /** How long each accepted send took. */
  readonly tookMs: number[] = []
  /** The limits that refused requests, and how many each refused. */
  readonly limits = new Map<string, number>()

  count<T>(answer: Answer<T>): T | undefined {
    this.made++
    if ('ok' in answer) return answer.ok
    if (answer.refused === 'INVALID_CODE') return undefined // a typo
    this.lost++
    const reason = answer.limit ?? answer.refused
    this.limits.set(reason, (this.limits.get(reason) ?? 0) + 1)
    return undefined
  }

  get share(): number {
    return this.made === 0 ? 0 : this.lost / this.made
  }
}

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** Picks the next guess at random, because an attacker knows nothing about the code. */
export function guess(world: World, digits: number): string {
  return String(world.random.below(10 ** digits)).padStart(digits, '0')
}

export function ipv4(world: World): string {
  const { random } = world
  return [11 + random.below(180), random.below(256), random.below(256), 1 + random.below(254)].join('.')
}

export interface Traffic {
  credential: Credential
  perDay: number
  domains?: readonly string[]
}

/**
 * Honest people who sign in with 6 digits, for as long as the world runs. One in five uses an address that a few
 * hundred people share. One in ten asks for a second email. One code in twenty is mistyped.
 */
export async function honestTraffic(
  world: World,
  losses: Losses,
  { credential, perDay, domains = ['mail.example', 'post.example', 'inbox.example'] }: Traffic,
): Promise<never> {
  const shared = Array.from({ length: 50 }, () => ipv4(world))
  for (let n = 0; ; n++) {
    await world.sleep(world.random.exponential(day / perDay))
    const office = shared[world.random.below(shared.length)]
    const address = world.random.chance(0.2) ? office : ipv4(world)
    const domain = domains[world.random.below(domains.length)]
    void signIn(world, losses, { credential, address }, `person-${n}@${domain}`)
  }
}

/** One person signs in: requests an email, then types the code from it. */
export async function signIn(world: World, losses: Losses, caller: Caller, email: string): Promise<boolean> {
  const send = async () => {
    const startedAt = world.now
    const sent = losses.count(await world.send(caller, email, 6))
    if (sent) losses.tookMs.push(world.now - startedAt)
    return sent
  }
  let sent = await send()
  if (sent === undefined) return false
  await world.sleep((10 + world.random.below(40)) * second)
  if (world.random.chance(0.1)) {
    sent = await send()
    if (sent === undefined) return false
    await world.sleep((10 + world.random.below(40)) * second)
  }
  for (let tries = 0; tries < 3; tries++) {
    const isSlip = world.random.chance(0.05)
    const verified = losses.count(await world.verify(caller, sent, isSlip ? slipOf(sent) : sent.code))
    if (verified) return true
    if (!isSlip) return false
    await world.sleep(10 * second)
  }
  return false
}

function slipOf({ code }: Sent): string {
  const last = (Number(code.at(-1)) + 1) % 10
  return `${code.slice(0, -1)}${last}`
}

/** The results of an attacker who guesses codes. */
export interface Guesses {
  /** How many guesses were compared with a code that the attacker did not know. */
  compared: number
  hits: number
}

/** Guesses strangers' codes from one address, as fast as the limits allow, for as long as the world runs. */
export async function guessStrangers(
  world: World,
  guesses: Guesses,
  { caller, digits, name }: { caller: Caller; digits: number; name: string },
): Promise<never> {
  for (let n = 0; ; n++) {
    const sent = await world.send(caller, `${name}-${n}@strangers.example`, digits)
    if (!('ok' in sent)) {
      await world.sleep(Math.max(sent.retryAfterMs, minute))
      continue
    }
    const { compared, hits } = await guessUntilRefused(world, caller, sent.ok, digits)
    guesses.compared += compared
    guesses.hits += hits
  }
}

/** Tries one guess after another in a session, until the session ends or a limit refuses. */
export async function guessUntilRefused(
  world: World,
  caller: Caller,
  sent: Sent,
  digits: number,
): Promise<Guesses> {
  for (let compared = 0; ; compared++) {
    await world.sleep(200)
    const answer = await world.verify(caller, sent, guess(world, digits))
    if ('ok' in answer) return { compared, hits: 1 }
    if (answer.refused !== 'INVALID_CODE') return { compared, hits: 0 }
  }
}
