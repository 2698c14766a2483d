import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewSession } from '../server/otp/ports.ts'
import { openDatabase } from '../server/store/database.ts'
import { createSessionStore } from '../server/store/sessions.ts'
import { newSession } from './support/new-session.ts'

const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-sessions-'))
const database = openDatabase(join(folder, 'data', 'sessions.db'))
const store = createSessionStore(database)
beforeAll(() => database.migrate())
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

const issuedAt = 1_000_000
/** The hash of a session's code, as these tests make it. */
const codeOf = (id: string) => Buffer.alloc(32, id)
const issue = (id: string, overrides: Partial<NewSession> = {}) =>
  store.issue(newSession(id, { codeHash: codeOf(id), canonicalRecipient: id.slice(0, -1), ...overrides }), [])

/** Types the code of a session into a session. */
const attempt = async (sessionId: string, code: Buffer, at = issuedAt + 1000) =>
  (
    await store.attempt({
      sessionId,
      flow: 'backend',
      projectId: 'default',
      hashesFor: () => [code],
      guesses: undefined,
      at,
    })
  ).outcome

describe('a code that was used with the newer session', () => {
  it.each([
    ['by a process that had asked the clock before and then waited for the lock', 999],
    ['after the clock went back', -3_600_000],
  ])('does not verify its own session %s', async (how, later) => {
    await issue(`${how}1`)
    await issue(`${how}2`)
    expect(await attempt(`${how}2`, codeOf(`${how}1`), issuedAt + 1000)).toBe('verified')
    expect(await attempt(`${how}1`, codeOf(`${how}1`), issuedAt + later)).toBe('wrong')
  })
})

describe('the session before a resend', () => {
  it('is the one that was issued last, whenever the mails of the others were accepted', async () => {
    await issue('order1', { countedAt: issuedAt + 8_000 })
    await issue('order2', { issuedAt: issuedAt + 1, countedAt: issuedAt + 8_001 })
    await store.markSent('order2', issuedAt + 10)
    await issue('order3', { issuedAt: issuedAt + 20 })
    expect(await attempt('order3', codeOf('order1'))).toBe('wrong')
    expect(await attempt('order3', codeOf('order2'))).toBe('verified')
  })

  it('is the one before that, if its mail fails after the resend', async () => {
    await issue('past1')
    await issue('past2', { issuedAt: issuedAt + 1 })
    await issue('past3', { issuedAt: issuedAt + 2 })
    expect(await attempt('past1', codeOf('x'))).toBe('wrong')
    expect(await attempt('past3', codeOf('x'))).toBe('wrong')
    await store.markFailed('past2', issuedAt + 3)
    // Both guesses stay counted.
    for (let n = 0; n < 2; n++) expect(await attempt('past3', codeOf('x'))).toBe('wrong')
    expect(await attempt('past3', codeOf('past1'))).toBe('verified')
  })

  it('passes no attempt on that was used up at the session whose mail failed', async () => {
    await issue('spent1')
    await issue('spent2', { issuedAt: issuedAt + 1 })
    await issue('spent3', { issuedAt: issuedAt + 2 })
    for (let n = 0; n < 3; n++) await attempt('spent1', codeOf('x'))
    for (let n = 0; n < 2; n++) await attempt('spent3', codeOf('x'))
    await store.markFailed('spent2', issuedAt + 3)
    expect(await attempt('spent3', codeOf('spent3'))).toBe('exhausted')
  })
})

describe('an idempotency key', () => {
  const claim = (at: number) => ({
    issuedAt: at,
    idempotency: {
      keyHash: codeOf('key'),
      requestHash: codeOf('request'),
      inFlightUntil: at + 12_000,
      expiresAt: at + 86_400_000,
    },
  })

  it('is in use for a process that asked the clock before the one that claimed it', async () => {
    await issue('claim1', claim(issuedAt + 1))
    expect(await issue('claim2', claim(issuedAt))).toEqual({ outcome: 'inProgress' })
  })

  it('is not in use any more when the clock went back, for no send lasts so long', async () => {
    expect(await issue('claim3', claim(issuedAt - 3_600_000))).toEqual({ outcome: 'unknown' })
  })

  it('is not in use any more once nobody can tell what became of its mail', async () => {
    await store.markUnknown('claim1')
    expect(await issue('claim4', claim(issuedAt + 2))).toEqual({ outcome: 'unknown' })
  })
})

describe('a file that cannot be looked at', () => {
  it('is a store that is away, not a fault of ours', async () => {
    const [data, aside] = [join(folder, 'data'), join(folder, 'aside')]
    renameSync(data, aside)
    writeFileSync(data, '')
    await expect(attempt('x1', codeOf('x'))).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    rmSync(data)
    renameSync(aside, data)
    expect(await attempt('x1', codeOf('x'))).toBe('missing')
  })
})
