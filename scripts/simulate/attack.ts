import type { Losses } from './people.ts'
import { type Credential, World } from './world.ts'

// Code that all attacks share.

/** The result of an attack, with the most that it may reach. */
export interface Outcome {
  attack: string
  /** Says what the attacker gets. */
  gets: string
  got: number
  atMost: number
  /** Says what honest people lose. */
  loses: string
  lost: number
  loseAtMost: number
}

export interface Run {
  seed: number
  /** Runs for less time and with fewer attackers. The limits that must hold are the same. */
  isQuick: boolean
}

export interface Attack {
  name: string
  run(options: Run): Promise<Outcome[]>
}

export const token: Credential = { id: 'tok_a', projectId: 'a', isPublic: true }
export const tokenOfB: Credential = { id: 'tok_b', projectId: 'b', isPublic: true }
export const keyOfA: Credential = { id: 'key_a', projectId: 'a', isPublic: false }
export const keyOfB: Credential = { id: 'key_b', projectId: 'b', isPublic: false }

export async function inWorld<T>(
  options: Parameters<typeof World.open>[0],
  use: (world: World) => Promise<T>,
): Promise<T> {
  const world = await World.open(options)
  try {
    return await use(world)
  } finally {
    await world.close()
  }
}

/** Returns the largest number of these times that fall within one window. */
export function mostIn(times: readonly number[], windowMs: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  let [most, first] = [0, 0]
  for (const [last, time] of sorted.entries()) {
    while (time - (sorted[first] ?? 0) > windowMs) first++
    most = Math.max(most, last - first + 1)
  }
  return most
}

export const addressesOf = {
  '1 IPv4 address': () => ['192.0.2.1'],
  'one IPv6 /48': (isQuick: boolean) =>
    Array.from({ length: isQuick ? 100 : 1_000 }, (_, n) => `2001:db8:7:${n.toString(16)}::1`),
  '10,000 IPv4 addresses': (isQuick: boolean) =>
    Array.from({ length: isQuick ? 1_000 : 10_000 }, (_, n) => `${11 + (n >> 8)}.${n & 255}.7.9`),
}
export type Origin = keyof typeof addressesOf

export function honest(losses: Losses, loseAtMost = 0.01) {
  const limits = [...losses.limits].map(([name, count]) => `${name} ${count}`).join(', ')
  const why = limits === '' ? '' : `: ${limits}`
  return {
    loses: `share of ${losses.made} requests that were refused${why}`,
    lost: losses.share,
    loseAtMost,
  }
}
