import { describe, expect, it } from 'vitest'
import { wrongCode } from '../support/flows.ts'
import { askPage, sendVerification, submitForm } from '../support/page.ts'
import { useServer } from '../support/server.ts'

describe('the limit of codes per client address', () => {
  const server = useServer({
    environment: { LIMIT_PAGE_PER_ADDRESS: '3/10m', TRUSTED_PROXIES: '127.0.0.0/8' },
  })
  const from = (address: string) => ({ 'X-Forwarded-For': address })

  it('holds in every window, says exactly when it ends, costs no attempt, and spares other addresses', async () => {
    const { sessionId, code } = await sendVerification(server, { expiresInSeconds: 3600 })
    const start = server.now
    const type = (typed: string, address = '203.0.113.7') =>
      submitForm(server, { sessionId, code: typed }, from(address))
    for (const minute of [0, 4, 8]) {
      server.now = start + minute * 60_000
      expect((await type(wrongCode(code))).status).toBe(400)
    }
    for (const [at, seconds] of [
      [9 * 60_000, '61'],
      [10 * 60_000, '1'],
    ] as const) {
      server.now = start + at
      const refused = await type(code)
      expect(refused.status).toBe(429)
      expect(refused.text).toContain(
        `Too many attempts Try again in ${seconds === '1' ? '1 second' : '1 minute'}.`,
      )
      expect(refused.headers.get('retry-after')).toBe(seconds)
    }
    server.now = start + 10 * 60_000 + 1
    expect((await type(wrongCode(code))).text).toContain('You have 1 attempt left.')
    expect((await type(code)).status).toBe(429)
    expect((await type(code, '203.0.113.8')).status).toBe(200)
  })

  it('counts an IPv6 /64 as one address, and also counts tries on unknown links', async () => {
    const type = (address: string) =>
      submitForm(server, { sessionId: 'ev_01KPJRXTK0Q4T7V9X2B5N6C1DE', code: '1' }, from(address))
    for (const host of ['1', '2', 'a:b:c']) expect((await type(`2001:db8:0:1::${host}`)).status).toBe(404)
    expect((await type('2001:db8:0:1::9')).status).toBe(429)
    expect((await type('2001:db8:0:2::9')).status).toBe(404)
  })

  it('does not count page views, empty forms, or forms that another site sends', async () => {
    const { sessionId, code, path } = await sendVerification(server)
    const address = from('203.0.113.9')
    for (let n = 0; n < 5; n++) {
      await askPage(server, path, { headers: address })
      await submitForm(server, { sessionId, code: '' }, address)
      await submitForm(server, { sessionId, code }, { ...address, 'Sec-Fetch-Site': 'cross-site' })
    }
    expect((await submitForm(server, { sessionId, code }, address)).status).toBe(200)
  })

  it('allows no more codes if they arrive at once', async () => {
    const { sessionId, code } = await sendVerification(server)
    const fields = { sessionId, code: wrongCode(code) }
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => submitForm(server, fields, from('203.0.113.10'))),
    )
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(3)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(17)
  })
})
