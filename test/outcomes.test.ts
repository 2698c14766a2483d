import { describe, expect, it } from 'vitest'
import { openConnection } from '../server/store/sqlite/connection.ts'
import { backend } from './support/flows.ts'
import { keyedSender } from './support/idempotency-cases.ts'
import { type TestServer, useServer } from './support/server.ts'

/** Locks the store as soon as the mail server receives the next email. @returns a function that unlocks it */
function lockAtTheNextMail(server: TestServer): () => void {
  const other = openConnection(server.databasePath)
  server.sink.whenReceived = async () => {
    other.exec('begin exclusive')
  }
  return () => {
    server.sink.whenReceived = async () => {}
    other.exec('rollback')
    other.close()
  }
}

describe('the outcome of a delivery while the store is locked', () => {
  const server = useServer({ environment: { LIMIT_PER_RECIPIENT: '1/1h' }, storeTimeoutMs: 50 })

  it('is saved later: a repeat with the same Idempotency-Key gets the same response', async () => {
    const send = await keyedSender(server, backend)
    const body = { email: 'sent@example.com' }
    const free = lockAtTheNextMail(server)
    const first = await send('sent', body)
    free()
    expect(first.status).toBe(200)
    await expect.poll(async () => (await send('sent', body)).text).toBe(first.text)
  })

  it('is saved later: a refused email frees its Idempotency-Key and does not count', async () => {
    const send = await keyedSender(server, backend)
    const body = { email: 'refused@example.com' }
    const free = lockAtTheNextMail(server)
    server.sink.atData = 550
    const first = await send('refused', body)
    server.sink.atData = 'accept'
    free()
    expect(first.status).toBe(502)
    await expect.poll(async () => (await send('refused', body)).status).toBe(200)
  })

  it('is saved at the latest when the server stops', async () => {
    const send = await keyedSender(server, backend)
    const body = { email: 'ends@example.com' }
    const free = lockAtTheNextMail(server)
    const first = await send('ends', body)
    free()
    await server.restart({})
    expect((await send.at(server.url)('ends', body)).text).toBe(first.text)
  })
})

describe('a delivery with an unknown outcome', () => {
  const server = useServer({ environment: { SMTP_TIMEOUT: '500ms' } })

  it('does not count as in progress: a repeat with its key gets the same error at once, and sends no email', async () => {
    const send = await keyedSender(server, backend)
    server.sink.whenReceived = () => new Promise(() => {})
    for (let n = 0; n < 2; n++) {
      const { status, error } = await send('unknown', { email: 'unknown@example.com' })
      expect({ status, ...error }).toMatchObject({
        status: 502,
        code: 'SMTP_DELIVERY_FAILED',
        message: expect.stringContaining(
          'The outcome of the delivery is unknown. The email may still arrive.',
        ),
      })
    }
    expect(server.sink.mails).toHaveLength(1)
  })
})
