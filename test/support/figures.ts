/** True in `npm run test:soak`: the guarantee tests use the figures in SECURITY.md, not a sample of them. */
export const isLongForm = process.env['TEST_GUARANTEES'] === 'long'

/** Returns a count or a duration for the current kind of run. */
export function figure({ quick, long }: { quick: number; long: number }): number {
  return isLongForm ? long : quick
}
