import { describe, expect, it } from 'vitest'
import { limitVariables } from '../../server/config/limits.ts'
import { mintSecret } from '../../server/credentials/format.ts'
import { deliveryProblems } from '../../server/mail/problems.ts'
import { recipient, singing } from '../support/canaries.ts'
import { operationFacts } from '../support/contract.ts'
import { labelsIn } from '../support/prometheus.ts'
import { askRaw } from '../support/raw-http.ts'
import { useServer } from '../support/server.ts'

const server = useServer({ environment: { METRICS_PORT: '0', LIMIT_PER_RECIPIENT: '2/15m' } })

describe('the metrics', () => {
  it('have no label with an address, a credential, the id of a key or a session, or text that a caller chose', async () => {
    const key = await server.key()
    const { token, secret, id: tokenId } = await server.token()
    const [credential] = await server.app.credentials.list('server_key')
    const canaries: Record<string, string> = {
      recipient,
      'its domain': 'canary-mailbox.example',
      'server key': key,
      'public token': token,
      'analytics secret': secret,
      'unknown key': mintSecret('server_key'),
      'key id': credential?.id ?? '',
      'token id': tokenId,
      'client address': '127.0.0.1"',
      reference: 'canary-reference',
      path: 'canary-path',
    }
    const post = (path: string, bearer: string, body: object) =>
      askRaw(server.directUrl + path, {
        method: 'POST',
        headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
    for (const flow of ['instant-otp', 'backend-otp', 'email-verification']) {
      const bearer = flow === 'instant-otp' ? token : key
      for (let n = 0; n < 3; n++) {
        const { text } = await post(`/api/v1/${flow}/send`, bearer, {
          email: recipient,
          reference: 'canary-reference',
        })
        const { sessionId } = (JSON.parse(text).data ?? {}) as { sessionId?: string }
        if (sessionId === undefined) continue
        canaries[`session ${n} of ${flow}`] = sessionId
        for (const code of ['000000', server.sink.codeTo(recipient)])
          await post(`/api/v1/${flow}/verify`, bearer, { sessionId, email: recipient, code })
        await askRaw(`${server.directUrl}/verify-email?sessionId=${sessionId}`)
      }
    }
    server.sink.atRecipient = 550
    await post('/api/v1/backend-otp/send', key, { email: `other-${recipient}` })
    server.sink.atRecipient = 'accept'
    for (const { path } of operationFacts) {
      for (const method of ['GET', 'POST', 'CANARY-PATH', 'PROPFIND'])
        await askRaw(`${server.directUrl}${path}?x=${key}`, { method }).catch(() => {})
      await askRaw(`${server.directUrl}${path}/canary-path/${key}`)
    }
    for (const path of [
      '/canary-path',
      `/${key}`,
      '/livez?canary-path',
      '/readyz',
      '/verify-email/canary-path',
    ])
      await askRaw(server.directUrl + path)

    const text = await (await fetch(server.metricsUrl)).text()
    expect(singing(canaries, text)).toEqual([])
    const labels = labelsIn(text)
    const routes = [...operationFacts.map(({ path }) => path), '/verify-email', '/livez', '/readyz', '']
    expect(routes).toEqual(expect.arrayContaining([...(labels.get('http_route') ?? [])]))
    expect([...(labels.get('http_request_method') ?? [])].sort()).toEqual(['GET', 'POST', '_OTHER'])
    expect([...(labels.get('flow') ?? [])].sort()).toEqual(['backend', 'email_verification', 'instant'])
    expect(Object.keys(limitVariables)).toEqual(expect.arrayContaining([...(labels.get('limit') ?? [])]))
    expect([...(labels.get('route') ?? [])]).toEqual([new URL(server.sink.url).host])
    expect([...(labels.get('outcome') ?? [])].sort()).toEqual(
      expect.arrayContaining(['accepted', 'failed', 'sent', 'verified', 'invalid_code', 'rate_limited']),
    )
    expect(Object.keys(deliveryProblems).length).toBeGreaterThan(10)
    for (const values of labels.values()) for (const value of values) expect(value.length).toBeLessThan(60)
  })

  it('are served on their own port, and not on the port of the API', async () => {
    expect(new URL(server.metricsUrl).hostname).toBe('127.0.0.1')
    expect((await fetch(`${server.directUrl}/metrics`)).status).toBe(404)
    const base = server.metricsUrl.replace('/metrics', '')
    expect((await fetch(`${base}/api/v1/backend-otp/verifications`)).status).toBe(404)
    expect((await fetch(server.metricsUrl, { method: 'POST' })).status).toBe(405)
  })
})
