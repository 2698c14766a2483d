/** One request, once it is answered. No field is an address, or an id of a credential or a session. */
export interface ObservedRequest {
  method: string
  /** The path as the server knows it, without what a caller made up; undefined for one that nothing serves. */
  route: string | undefined
  status: number
  durationMs: number
  /** What was asked for, if it was a send or a verify that is not in a sandbox. */
  otp: { kind: 'send' | 'verify'; flow: string; outcome: string } | undefined
  /** The limit that refused it, as its operator calls it. */
  limit: string | undefined
}
