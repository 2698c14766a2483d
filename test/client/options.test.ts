import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createClient, createPlainClient } from '../../clients/typescript/src/index.ts'
import { emptyPage, list, refusal, ScriptedClient, type Step } from '../support/client.ts'

describe('the credentials', () => {
  const token = 'risu_otp_secret-token'
  const otpSecret = 'risu_otp_sec_secret-too'

  it('appear in no error, even if the server repeats them', async () => {
    const echo = `${token} and ${otpSecret}`
    const steps: Step[] = [
      refusal(400, 'VALIDATION_FAILED', { message: echo, details: [{ path: echo, message: echo }] }),
      new Response(echo, { status: 502 }),
      new TypeError('fetch failed'),
    ]
    for (const step of steps) {
      const scripted = new ScriptedClient([step], { token, otpSecret, maxRetries: 0 })
      const error = await scripted.outcome(scripted.client.listInstantOtpVerifications())
      expect(error).toBeInstanceOf(Error)
      expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/secret-to/)
    }
    const scripted = new ScriptedClient(['silence'], { token, otpSecret })
    const outcome = scripted.outcome(scripted.client.listInstantOtpVerifications())
    await scripted.runOutOfTime()
    expect(inspect(await outcome, { depth: 9, showHidden: true })).not.toMatch(/secret-to/)
  })

  it('are sent as the contract says, and the secret only to its own operation', async () => {
    const scripted = new ScriptedClient([emptyPage(), emptyPage()], { token, otpSecret })
    await list(scripted)
    await scripted.outcome(scripted.client.listInstantOtpVerifications())
    const sent = scripted.requests.map(({ headers }) => [
      headers.get('authorization'),
      headers.get('x-otp-secret'),
    ])
    expect(sent).toEqual([
      [`Bearer ${token}`, null],
      [`Bearer ${token}`, otpSecret],
    ])
  })

  it.each<[string, string]>([
    ['a line break', 'risu_key_secret-to\nken'],
    ['a space', 'risu_key_secret-to ken'],
    ['a non-ASCII letter', 'risu_key_secret-toké'],
    ['an empty string', ''],
  ])('are refused with an error that does not show them: %s', (_case, bad) => {
    const baseUrl = 'https://otp.example'
    for (const create of [createClient, createPlainClient]) {
      for (const options of [{ token: bad }, { token, otpSecret: bad }]) {
        const attempt = () => create({ baseUrl, ...options })
        expect(attempt).toThrow(TypeError)
        expect(attempt).not.toThrow(/secret-to/)
      }
    }
  })
})

describe('the options of a client', () => {
  const usable = { baseUrl: 'https://otp.example', token: 'risu_key_secret' }

  it.each([
    'otp.example',
    '/otp',
    '',
    'ftp://otp.example',
    'https://user:pass@otp.example',
    'https://otp.example?a=b',
    'https://otp.example/#a',
    undefined as unknown as string,
  ])('are refused when the client is created: baseUrl %s', (baseUrl) => {
    expect(() => createClient({ ...usable, baseUrl })).toThrow(/^baseUrl must be/)
  })

  it.each([{ timeoutMs: 0 }, { timeoutMs: Number.NaN }, { maxRetries: -1 }, { maxRetries: Number.NaN }])(
    'are refused when the client is created: %o',
    (options) => {
      expect(() => createClient({ ...usable, ...options })).toThrow(/must be (?:a number above 0|0 or more)/)
    },
  )

  it('can have a base URL with a path', async () => {
    const scripted = new ScriptedClient([emptyPage()], { baseUrl: 'https://example.com/otp/' })
    await list(scripted)
    expect(scripted.requests[0]?.url).toBe('https://example.com/otp/api/v1/backend-otp/verifications')
  })
})
