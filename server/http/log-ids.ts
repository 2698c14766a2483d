import { createHmac } from 'node:crypto'

/**
 * What the log calls a client network or a recipient. It is keyed, so that nobody who has only the log can find out who
 * it is by trying all there are; and it is short, because it only has to tell some from others.
 */
export type LogIds = (kind: 'network' | 'recipient', value: string) => string

const length = 12

/** @param secret the first of OTP_SECRET: when it changes, so do the ids */
export function createLogIds(secret: string): LogIds {
  const key = createHmac('sha256', secret).update('ids in the log').digest()
  return (kind, value) => createHmac('sha256', key).update(`${kind} ${value}`).digest('hex').slice(0, length)
}
