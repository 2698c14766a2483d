import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newFolder, run } from '../support/commands.ts'
import { testEnvironment } from '../support/environment.ts'
import { Receiver } from '../support/receiver.ts'

const receiver = new Receiver()
beforeAll(() => receiver.start().then(() => {}))
afterAll(() => receiver.stop())

const folder = newFolder()
const environment = { OTP_SECRET: testEnvironment.OTP_SECRET, WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1' }
const webhooks = (...args: string[]) => run(folder, ['webhooks', ...args], environment)
const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await webhooks(...args, '--json')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as Record<string, unknown>
}

describe('the webhooks command', () => {
  it('create prints the id and the secret once, and keeps the secret out of the store', async () => {
    const created = await json('create', '--url', receiver.url, '--event', 'verification.completed')
    expect(Object.keys(created)).toEqual(['id', 'secret'])
    const { id, secret } = created as { id: string; secret: string }
    const stored = readFileSync(join(folder, 'data', 'risumail-otp.db')).toString('latin1')
    expect(stored).not.toContain(secret.slice('whsec_'.length))

    const { webhooks: listed } = await json('list')
    expect(listed).toMatchObject([
      {
        id,
        projectId: 'default',
        url: receiver.url,
        events: ['verification.completed'],
        disabledAt: null,
        secrets: 1,
      },
    ])
    expect(JSON.stringify(listed)).not.toContain('sealed')

    expect(await json('test', id)).toMatchObject({ id, accepted: true, status: 204 })
    const { body = '', headers = {} } = receiver.received.at(-1) ?? {}
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'webhook.test',
      data: { endpointId: id },
    })

    const rotated = await json('rotate-secret', id)
    expect(rotated['secret']).not.toBe(secret)
    await json('test', id)
    const both = receiver.received.at(-1)
    for (const each of [secret, String(rotated['secret'])])
      new Webhook(each).verify(both?.body ?? '', (both?.headers ?? {}) as Record<string, string>)

    expect(await json('deliveries')).toEqual({ deliveries: [] })
    expect(await json('replay', '--since', '1h')).toEqual({ deliveries: 0 })
    expect(await json('disable', id)).toEqual({ id, disabled: true })
    expect((await webhooks('list')).stdout).toContain('its operator disabled it')
    expect(await json('enable', id)).toEqual({ id, disabled: false })
  }, 60_000)

  it('test exits 1 with the response of the receiver, or with the reason why no request was sent', async () => {
    const { id } = await json('create', '--url', receiver.url)
    receiver.next.push((response) => response.writeHead(500).end('out of order'))
    expect(await webhooks('test', String(id))).toMatchObject({ code: 1, stdout: '500\nout of order\n' })
    const elsewhere = { ...environment, WEBHOOK_ALLOWED_NETWORKS: '10.0.0.0/8' }
    expect(await run(folder, ['webhooks', 'test', String(id)], elsewhere)).toMatchObject({
      code: 1,
      stdout: 'No response: address-not-allowed\n',
    })
    const other = { ...environment, OTP_SECRET: 'another-secret-of-the-tests-long-enough' }
    const { code, stderr } = await run(folder, ['webhooks', 'test', String(id)], other)
    expect(code).toBe(1)
    expect(stderr).toContain('create a new one with rotate-secret')
  }, 60_000)

  it.each([
    [['create'], 'required option'],
    [['create', '--url', 'ftp://x.example'], 'must be an https or http URL'],
    [['create', '--url', 'https://user:hunter2@x.example'], 'must not contain a login'],
    [['create', '--url', 'https://x.example/#a'], 'must not contain a login or a fragment'],
    [['create', '--url', 'https://10.0.0.1/'], 'must be https to a public address'],
    [['create', '--url', 'https://[::1]/'], 'must be https to a public address'],
    [['create', '--url', 'http://93.184.216.34/'], 'must be https to a public address'],
    [
      ['create', '--url', 'https://x.example', '--event', 'everything'],
      'must be one of verification.completed',
    ],
    [['disable', 'wh_unknown'], 'there is no webhook endpoint wh_unknown'],
    [['rotate-secret', 'wh_unknown'], 'there is no webhook endpoint wh_unknown'],
    [['replay'], 'give either an event id or --since'],
    [['replay', 'evt_1', '--since', '1h'], 'give either an event id or --since'],
    [['replay', 'evt_unknown'], 'there is no event evt_unknown'],
    [['replay', '--since', 'yesterday'], 'must be a duration'],
    [['deliveries', '--most', '0'], 'must be a whole number'],
  ])('refuses %j with exit code 1 and says what is wrong', async (args, message) => {
    const { code, stdout, stderr } = await webhooks(...args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('hunter2')
  })

  it('says that OTP_SECRET is required if it is missing', async () => {
    const { code, stderr } = await run(folder, ['webhooks', 'create', '--url', 'https://x.example'])
    expect(code).toBe(1)
    expect(stderr).toContain('OTP_SECRET is required')
  })
})
