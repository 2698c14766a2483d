import { type Attack, addressesOf, honest, inWorld, keyOfA, keyOfB, type Origin, token } from './attack.ts'
import {
  day,
  type Guesses,
  guess,
  guessStrangers,
  guessUntilRefused,
  honestTraffic,
  hour,
  ipv4,
  Losses,
  signIn,
} from './people.ts'

/** Guesses the codes of as many strangers as possible for a day, with one public token. */
export function massGuessing(origin: Origin, digits: 4 | 6, atMost: number): Attack {
  const name = `mass guessing, ${digits} digits, ${origin}`
  return {
    name,
    run: ({ seed, isQuick }) =>
      inWorld({ seed }, async (world) => {
        const [guesses, losses]: [Guesses, Losses] = [{ compared: 0, hits: 0 }, new Losses()]
        void honestTraffic(world, losses, { credential: token, perDay: 2_000 })
        const addresses = addressesOf[origin](isQuick)
        for (const [n, address] of addresses.entries()) {
          const caller = { credential: token, address }
          void world
            .sleep(world.random.below(hour))
            .then(() => guessStrangers(world, guesses, { caller, digits, name: `stranger-${n}` }))
        }
        await world.run(isQuick ? 3 * hour : day)
        const { compared, hits } = guesses
        return [
          {
            attack: name,
            gets: `expected takeovers per day (${compared} guesses, ${hits} hits)`,
            got: compared * 10 ** -digits,
            atMost,
            ...honest(losses),
          },
        ]
      }),
  }
}

/** Guesses the codes of one person for a year, with everything that a public token allows. */
export const onePerson: Attack = {
  name: 'one person guessed for a year',
  run: ({ seed, isQuick }) =>
    inWorld({ seed }, async (world) => {
      const [email, losses, days] = ['victim@mail.example', new Losses(), isQuick ? 30 : 365]
      /** How many codes were compared with a guess, by the number of their digits. */
      const guesses = new Map<number, number>()
      const attack = async (digits: number) => {
        for (;;) {
          const caller = { credential: token, address: ipv4(world) }
          // A second email, requested from the same network: the server then compares each guess with two codes.
          const first = await world.send(caller, email, digits)
          const resent = await world.send(caller, email, digits)
          const sent = 'ok' in resent ? resent : first
          if ('ok' in sent) {
            const { compared } = await guessUntilRefused(world, caller, sent.ok, digits)
            const codes = 'ok' in first && 'ok' in resent ? 2 : 1
            guesses.set(digits, (guesses.get(digits) ?? 0) + compared * codes)
          }
          await world.sleep(hour + world.random.below(4 * hour))
        }
      }
      const other = async () => {
        for (;;) {
          const sent = await world.send({ credential: keyOfB, address: undefined }, email, 6)
          if ('ok' in sent) {
            for (let n = 0; n < 5; n++) {
              await world.verify({ credential: keyOfB, address: undefined }, sent.ok, guess(world, 6))
            }
          }
          await world.sleep(hour)
        }
      }
      const victim = async () => {
        for (;;) {
          await world.sleep(6 * hour + world.random.below(30 * hour))
          await signIn(world, losses, { credential: keyOfA, address: undefined }, email)
        }
      }
      for (const actor of [() => attack(4), () => attack(6), other, victim]) void actor()
      await world.run(days * day)

      const [short, long] = [guesses.get(4) ?? 0, guesses.get(6) ?? 0]
      const chance = short * 1e-4 + long * 1e-6
      return [
        {
          attack: 'one person guessed for a year',
          gets: `chance of a takeover in a year (${short} comparisons with 4 digits, ${long} with 6, in ${days} days)`,
          got: (chance * 365) / days,
          atMost: 0.02,
          ...honest(losses, 0),
        },
      ]
    }),
}
