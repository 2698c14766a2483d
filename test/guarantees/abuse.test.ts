import { describe, expect, it } from 'vitest'
import { attacks } from '../../scripts/simulate/attacks.ts'
import { isLongForm } from '../support/figures.ts'

describe('with the default limits, an attacker gets no more, and honest people lose no more, than SECURITY.md says', () => {
  it.each(attacks)('$name', async ({ run }) => {
    for (const { attack, got, atMost, lost, loseAtMost } of await run({ seed: 1, isQuick: !isLongForm })) {
      expect(got, `what the attacker gets: ${attack}`).toBeLessThanOrEqual(atMost)
      expect(lost, `what honest people lose: ${attack}`).toBeLessThanOrEqual(loseAtMost)
    }
  })
})
