import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { createSealer, mintWebhookSecret, signedHeaders } from '../../server/webhooks/secrets.ts'

const body = '{"type":"verification.completed"}'
const [first, second] = ['a-first-secret-that-is-long-enough', 'a-second-secret-that-is-long-enough']

describe('the signature', () => {
  it('matches the published test vector', () => {
    const headers = signedHeaders(
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      '{"test": 2432232314}',
      1_614_265_330_000,
    )
    expect(headers).toMatchObject({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })

  it('is present for every active secret, and the reference library accepts each one', () => {
    const secrets = [mintWebhookSecret(), mintWebhookSecret()]
    const headers = signedHeaders(secrets, 'evt_1', body, Date.now())
    expect(headers['webhook-signature']?.split(' ')).toHaveLength(2)
    for (const secret of secrets) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body))
    expect(() => new Webhook(mintWebhookSecret()).verify(body, headers)).toThrow('No matching signature')
  })
})

describe('a secret', () => {
  it('has 32 random bytes', () => {
    const secrets = Array.from({ length: 20 }, mintWebhookSecret)
    for (const secret of secrets) {
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
      expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32)
    }
    expect(new Set(secrets).size).toBe(20)
  })

  it('is sealed differently each time, opens with any configured OTP_SECRET, and not with another or if changed', () => {
    const secret = mintWebhookSecret()
    const sealed = createSealer([first]).seal(secret)
    expect(sealed).not.toContain(secret.slice(6, 20))
    expect(createSealer([first]).seal(secret)).not.toBe(sealed)
    expect(createSealer([second, first]).open(sealed)).toBe(secret)
    expect(createSealer([second]).open(sealed)).toBeUndefined()
    for (const broken of [
      '',
      'x',
      'a.b.c',
      `${sealed}A`,
      sealed.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')),
    ])
      expect(createSealer([first]).open(broken), broken).toBeUndefined()
  })

  it('is resealed under the first OTP_SECRET, so that the older one can be removed', () => {
    const secret = mintWebhookSecret()
    const sealed = createSealer([first]).seal(secret)
    const resealed = createSealer([second, first]).reseal(sealed)
    expect(createSealer([second]).open(resealed)).toBe(secret)
    expect(createSealer([second]).reseal(resealed)).toBe(resealed)
    expect(createSealer([second]).reseal(sealed)).toBe(sealed)
  })
})
