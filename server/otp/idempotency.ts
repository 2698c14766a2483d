import { createHash } from 'node:crypto'
import type { IdempotencyClaim } from './ports.ts'

const keptMs = 24 * 60 * 60 * 1000

/**
 * Returns the claim that a send makes on its idempotency key.
 * @param wanted everything that distinguishes one request from another
 */
export function idempotencyClaim(key: string, wanted: readonly unknown[]): IdempotencyClaim {
  return { keyHash: sha256(key), requestHash: sha256(JSON.stringify(wanted)), keptMs }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
