/** True in `npm run test:soak`: the guarantees are tried with the figures of SECURITY.md and not with a sample of them. */
export const isLongForm = process.env['TEST_GUARANTEES'] === 'long'

/** A count or a duration as the run that is under way wants it. */
export function figure({ quick, long }: { quick: number; long: number }): number {
  return isLongForm ? long : quick
}
