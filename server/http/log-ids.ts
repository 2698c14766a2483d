import { createHmac } from 'node:crypto'

/**
 * Returns the id of a client network or a recipient in the log. The id is a keyed hash, so that someone who has only
 * the log cannot find the value by trying all candidates. It is short, because it only has to tell values apart.
 */
export type LogIds = (kind: 'network' | 'recipient', value: string) => string

const length = 12

/** @param secret the first secret in OTP_SECRET; when it changes, the ids change */
export function createLogIds(secret: string): LogIds {
  const key = createHmac('sha256', secret).update('ids in the log').digest()
  return (kind, value) => createHmac('sha256', key).update(`${kind} ${value}`).digest('hex').slice(0, length)
}
