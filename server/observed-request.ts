/** One request that was answered. No field is an address, or the id of a credential or a session. */
export interface ObservedRequest {
  method: string
  /** The path as the server defines it, without parts that the caller chose. Undefined if nothing is served there. */
  route: string | undefined
  status: number
  durationMs: number
  /** Set for a send or a verify outside a sandbox. */
  otp: { kind: 'send' | 'verify'; flow: string; outcome: string } | undefined
  /** The limit that refused the request, under the name that the operator knows. */
  limit: string | undefined
}
