import { expect, it } from 'vitest'
import { figure } from '../support/figures.ts'
import { outcomeOf, tally, useFleet } from '../support/fleet.ts'

const processes = figure({ quick: 4, long: 8 })
const rounds = figure({ quick: 10, long: 100 })
const verifies = figure({ quick: 100, long: 400 })

const fleet = useFleet(processes)

it(`a code works only once: of ${verifies} right verifies at once over ${processes} processes, exactly one succeeds, in all ${rounds} rounds`, async () => {
  for (let round = 0; round < rounds; round++) {
    const session = await fleet.server(round).sendAndRead({ email: fleet.newAddress() })
    const answers = await Promise.all(
      Array.from({ length: verifies }, (_, turn) => fleet.server(turn).verify(session)),
    )
    expect(tally(answers.map(outcomeOf)), `round ${round}`).toEqual({
      200: 1,
      '404 SESSION_NOT_FOUND': verifies - 1,
    })
  }
})
