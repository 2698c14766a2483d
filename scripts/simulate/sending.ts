import { statement } from '../../server/store/engine.ts'
import { type Attack, honest, inWorld, keyOfA, keyOfB, mostIn, type Run, token, tokenOfB } from './attack.ts'
import { day, guess, honestTraffic, hour, ipv4, Losses, minute, second, signIn } from './people.ts'
import type { Caller, Credential } from './world.ts'

/** Uses up all sends that a public token allows. */
export function usingUp(name: string, addresses: (isQuick: boolean) => string[]): Attack {
  return {
    name,
    run: ({ seed, isQuick }) =>
      inWorld({ seed }, async (world) => {
        const losses = new Losses()
        const sends: number[] = []
        void honestTraffic(world, losses, { credential: token, perDay: 60 * 24 * 60 })
        const attack = async (address: string) => {
          for (let n = 0; ; n++) {
            const to = `${address.replaceAll(/[.:]/g, '-')}-${n}@strangers.example`
            const answer = await world.send({ credential: token, address }, to, 6)
            if ('ok' in answer) sends.push(world.now)
            await world.sleep('ok' in answer ? second : Math.max(second, answer.retryAfterMs))
          }
        }
        await world.run(5 * minute)
        const all = addresses(isQuick)
        for (const address of all) void attack(address)
        await world.run(isQuick ? 5 * minute : hour)
        const networks = name.includes('/48') ? 1 : all.length
        return [
          {
            attack: name,
            gets: `sends in any minute, per network`,
            got: mostIn(sends, minute) / networks,
            atMost: 60,
            ...honest(losses),
          },
        ]
      }),
  }
}

/** Tries to keep one person from signing in to a service that uses a server key. */
export const blocking: Attack = {
  name: 'blocking a server-key login',
  run: ({ seed, isQuick }) =>
    inWorld({ seed }, async (world) => {
      const [email, losses] = ['victim@mail.example', new Losses()]
      const attack = async (credential: Credential) => {
        for (;;) {
          const caller: Caller = { credential, address: credential.isPublic ? ipv4(world) : undefined }
          const sent = await world.send(caller, email, 6)
          if ('ok' in sent) {
            for (let n = 0; n < 5; n++) await world.verify(caller, sent.ok, guess(world, 6))
          }
          await world.sleep(20 * second)
        }
      }
      for (const credential of [token, tokenOfB, keyOfB]) void attack(credential)
      const victim = async () => {
        for (;;) {
          // The person never signs in often enough to reach their own limit.
          await world.sleep(8 * minute + world.random.exponential(12 * minute))
          await signIn(world, losses, { credential: keyOfA, address: undefined }, email)
        }
      }
      void victim()
      await world.run(isQuick ? 6 * hour : 2 * day)
      const toVictim = world.mails.filter(({ to }) => to === email).map(({ at }) => at)
      return [
        {
          attack: 'blocking a server-key login',
          gets: 'emails to the person in any 15 minutes',
          got: mostIn(toVictim, 15 * minute),
          atMost: 15,
          ...honest(losses, 0),
        },
      ]
    }),
}

/** Finds out which mailboxes exist, from the ones that the mail server refuses. */
export const harvesting: Attack = {
  name: 'harvesting mailboxes through refusals',
  run: ({ seed, isQuick }) => {
    const deliver = (domain: string) => ({ tookMs: 100, isRefused: domain === 'harvested.example' })
    return inWorld({ seed, deliver }, async (world) => {
      const [losses, refusals]: [Losses, number[]] = [new Losses(), []]
      void honestTraffic(world, losses, { credential: token, perDay: 10_000 })
      const attack = async (address: string) => {
        for (let n = 0; ; n++) {
          const to = `${address.replaceAll('.', '-')}-${n}@harvested.example`
          const answer = await world.send({ credential: token, address }, to, 6)
          const isRefused = 'refused' in answer && answer.refused === 'SMTP_DELIVERY_FAILED'
          if (isRefused) refusals.push(world.now)
          await world.sleep(isRefused ? 50 : minute)
        }
      }
      for (let n = 1; n <= 200; n++) void attack(`192.0.2.${n}`)
      await world.run(isQuick ? 30 * minute : day)
      return [
        {
          attack: 'harvesting mailboxes through refusals',
          gets: 'refusals in any 10 minutes from one network',
          got: mostIn(refusals, 10 * minute),
          atMost: 30,
          ...honest(losses, 0),
        },
      ]
    })
  },
}

/** Makes a recipient's domain stall, so that emails to other domains have to wait. */
export function stalling(networks: number, domains: number): Attack {
  const name = `a stalling domain, ${networks === 1 ? 'one network' : `${networks} networks`}, ${domains} domains`
  const measure = (isAttacked: boolean, { seed, isQuick }: Run) => {
    const deliver = (domain: string) => ({ tookMs: domain.startsWith('stalling') ? minute : 150 })
    return inWorld({ seed, deliver }, async (world) => {
      const losses = new Losses()
      void honestTraffic(world, losses, { credential: token, perDay: 60 * 24 * 60 })
      void honestTraffic(world, losses, { credential: keyOfA, perDay: 60 * 24 * 60 })
      await world.run(2 * minute)
      losses.tookMs.length = 0
      const attack = async (n: number) => {
        for (let k = 0; ; k++) {
          const address = `${11 + (n >> 8)}.${n & 255}.7.9`
          const to = `a-${n}-${k}@stalling-${k % domains}.example`
          void world.send({ credential: token, address }, to, 6)
          await world.sleep(second)
        }
      }
      if (isAttacked) for (let n = 0; n < networks; n++) void attack(n)
      await world.run((isQuick ? 1 : 10) * minute)
      const sorted = losses.tookMs.sort((a, b) => a - b)
      return { p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0, most: world.stalling.most, losses, world }
    })
  }
  return {
    name,
    run: async (options) => {
      const [without, attacked] = [await measure(false, options), await measure(true, options)]
      const connections = attacked.world.config.smtp.maxConnections
      return [
        {
          attack: name,
          gets: `share of the SMTP connections`,
          got: attacked.most / connections,
          atMost: 0.5,
          loses: `times the 99th percentile of other sends without the attack (${without.p99} ms); ${attacked.losses.lost} of ${attacked.losses.made} requests refused`,
          lost: attacked.p99 / without.p99,
          loseAtMost: 2,
        },
      ]
    },
  }
}

const attemptsOf = statement<[id: string], { attempts: number }>(
  'simulation_attempts',
  'select attempts from sessions where id = $1',
)

/** A stranger requests a code for the same recipient and types wrong codes. */
export const resending: Attack = {
  name: 'a stranger’s resend beside a victim’s session',
  run: ({ seed, isQuick }) =>
    inWorld({ seed }, async (world) => {
      const losses = new Losses()
      let used = 0
      for (let n = 0; n < (isQuick ? 50 : 1_000); n++) {
        const trial = (async () => {
          const email = `victim-${n}@mail.example`
          const victim = { credential: token, address: ipv4(world) }
          const stranger = { credential: token, address: ipv4(world) }
          const own = losses.count(await world.send(victim, email, 6))
          const theirs = await world.send(stranger, email, 6)
          if (own === undefined || !('ok' in theirs)) throw new Error('a first send was refused')
          for (let k = 0; k < 9; k++) await world.verify(stranger, theirs.ok, guess(world, 6))
          const [row] = await world.read(attemptsOf(own.sessionId))
          used += row?.attempts ?? 0
          losses.count(await world.verify(victim, own, own.code))
        })()
        await world.run(minute)
        await trial
      }
      return [
        {
          attack: 'a stranger’s resend beside a victim’s session',
          gets: 'attempts used up in the victim’s session',
          got: used,
          atMost: 0,
          ...honest(losses, 0),
        },
      ]
    }),
}

/** Sends to one mailbox under many tags, at a provider that we do not know to support tags. */
export const variants: Attack = {
  name: 'tag variants at an unknown domain',
  run: ({ seed, isQuick }) =>
    inWorld({ seed }, async (world) => {
      const losses = new Losses()
      void honestTraffic(world, losses, { credential: token, perDay: 10_000, domains: ['own.example'] })
      const attack = async (n: number) => {
        for (let k = 0; ; k++) {
          const to = `victim+${n}-${k}@own.example`
          await world.send({ credential: token, address: ipv4(world) }, to, 6)
          await world.sleep(30 * second)
        }
      }
      for (let n = 0; n < 20; n++) void attack(n)
      await world.run(isQuick ? hour : day)
      const toVictim = world.mails.filter(({ to }) => to.startsWith('victim+')).map(({ at }) => at)
      return [
        {
          attack: 'tag variants at an unknown domain',
          gets: 'emails in any 15 minutes, where one recipient may get 5',
          got: mostIn(toVictim, 15 * minute),
          atMost: 15,
          ...honest(losses, 0),
        },
      ]
    }),
}
