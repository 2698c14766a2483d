import { describe, expect, it } from 'vitest'
import { figure } from '../support/figures.ts'
import { outcomeOf, tally, useFleet } from '../support/fleet.ts'
import { wrongCode } from '../support/flows.ts'

const processes = figure({ quick: 4, long: 8 })
const guesses = figure({ quick: 100, long: 400 })
const rounds = figure({ quick: 3, long: 25 })
const races = figure({ quick: 20, long: 100 })

const fleet = useFleet(processes)

describe(`the attempts of a session, over ${processes} processes`, () => {
  it.each([
    [4, 3],
    [5, 3],
    [6, 5],
    [10, 5],
  ])(
    `limit ${guesses} simultaneous wrong guesses at a code of %i digits to exactly %i, in all ${rounds} rounds`,
    async (otpDigits, attempts) => {
      for (let round = 0; round < rounds; round++) {
        const session = await fleet.server(round).sendAndRead({ email: fleet.newAddress(), otpDigits })
        const wrong = { ...session, code: wrongCode(session.code) }
        const answers = await Promise.all(
          Array.from({ length: guesses }, (_, turn) => fleet.server(turn).verify(wrong)),
        )
        expect(tally(answers.map(outcomeOf)), `round ${round}`).toEqual({
          '400 INVALID_CODE': attempts,
          '429 RATE_LIMITED': guesses - attempts,
        })
        expect(outcomeOf(await fleet.server(round + 1).verify(session))).toBe('429 RATE_LIMITED')
      }
    },
  )

  it.each([
    ['the first two', 0],
    ['the last two', 3],
  ])(
    `allow a right code that arrives with a wrong one, as %s attempts, in all ${races} races`,
    async (_case, before) => {
      for (let race = 0; race < races; race++) {
        const session = await fleet.server(race).sendAndRead({ email: fleet.newAddress() })
        const wrong = { ...session, code: wrongCode(session.code) }
        for (let n = 0; n < before; n++) await fleet.server(n).verify(wrong)
        // The two take turns going first, on two processes.
        const contenders = race % 2 === 0 ? [wrong, session] : [session, wrong]
        const outcomes = await Promise.all(
          contenders.map(async (contender, turn) => ({
            isRight: contender === session,
            outcome: outcomeOf(await fleet.server(race + turn).verify(contender)),
          })),
        )
        for (const { isRight, outcome } of outcomes) {
          if (isRight) expect(outcome, `race ${race}`).toBe('200')
          else expect(['400 INVALID_CODE', '404 SESSION_NOT_FOUND'], `race ${race}`).toContain(outcome)
        }
      }
    },
  )
})
