import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from './support/commands.ts'
import { backendWithHistory as backend, instant, sendAndRead } from './support/flows.ts'
import { useServer } from './support/server.ts'

const trusting = { TRUSTED_PROXIES: '127.0.0.1' }
const server = useServer({ environment: trusting })
server.now = Date.now()

const command = (...args: string[]) => run(server.folder, args, { DATABASE_URL: server.store.databaseUrl })
const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await command(...args, '--json')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as Record<string, string>
}
const statusOf = async (key: string, headers: Record<string, string> = {}) =>
  (await backend.list(server.client(key, headers))).response.status

describe('keys', () => {
  it('roll issues a key with the same rights, and the old key works until the grace period ends', async () => {
    const { id = '', key = '' } = await json(
      'keys',
      'create',
      '--name',
      'shop',
      '--allow-from',
      'shop@acme.example',
    )
    const rolled = await json('keys', 'roll', id, '--grace', '1h')
    expect(rolled).toMatchObject({ oldId: id, key: expect.stringMatching(/^risu_key_/) })
    expect([await statusOf(key), await statusOf(rolled['key'] ?? '')]).toEqual([200, 200])
    const { keys } = (await json('keys', 'list')) as unknown as { keys: Record<string, unknown>[] }
    expect(keys.find((each) => each['id'] === rolled['id'])).toMatchObject({
      name: 'shop',
      allowedSenders: ['shop@acme.example'],
      expiresAt: null,
    })
    server.now += 3_700_000
    expect([await statusOf(key), await statusOf(rolled['key'] ?? '')]).toEqual([401, 200])
    expect((await command('keys', 'roll', 'key_nothing')).stderr).toContain(
      'no active key has the id key_nothing',
    )
    server.now = Date.now()
  })

  it('list shows the last use to the minute, and can show the keys of one project only', async () => {
    await json('projects', 'create', 'used')
    const { id = '', key = '' } = await json('keys', 'create', '--name', 'used', '--project', 'used')
    const lastUse = async () => {
      const { keys } = (await json('keys', 'list', '--project', 'used')) as unknown as {
        keys: { id: string; lastUsedAt: string | null }[]
      }
      expect(keys.map((each) => each.id)).toEqual([id])
      return keys[0]?.lastUsedAt ?? null
    }
    expect(await lastUse()).toBeNull()
    const usedAt = server.now
    await statusOf(key)
    await expect.poll(lastUse).toBe(new Date(usedAt).toISOString())
    server.now += 59_000
    await statusOf(key)
    expect(await lastUse()).toBe(new Date(usedAt).toISOString())
    server.now += 1_000
    await statusOf(key)
    await expect.poll(lastUse).toBe(new Date(usedAt + 60_000).toISOString())
    expect((await command('keys', 'list', '--project', 'default')).stdout).not.toContain(id)
  })

  it('--allow-ip limits a key to its addresses; elsewhere, the response is the same as for an unknown key', async () => {
    const { key = '' } = await json('keys', 'create', '--name', 'here', '--allow-ip', '203.0.113.0/24')
    expect(await statusOf(key, { 'X-Forwarded-For': '203.0.113.9' })).toBe(200)
    const { response, error } = await backend.list(server.client(key, { 'X-Forwarded-For': '198.51.100.1' }))
    const unknown = await backend.list(server.client('risu_key_unknown'))
    expect(response.status).toBe(401)
    expect({ ...error?.error, requestId: '' }).toEqual({ ...unknown.error?.error, requestId: '' })
    const line = JSON.parse(server.log.filter((text) => text.includes('"refused":"address"')).at(-1) ?? '{}')
    expect(line).toMatchObject({ status: 401, credentialId: expect.stringMatching(/^key_/) })
  })

  it('--limit sets how many emails a key may send, and RateLimit-Policy shows it', async () => {
    const { id = '', key = '' } = await json('keys', 'create', '--name', 'limited', '--limit', '2/1m')
    const api = server.client(key)
    const send = (n: number) => backend.send(api, { email: `limited-${n}@example.com` })
    expect((await send(1)).response.headers.get('ratelimit-policy')).toContain('q=2;w=60')
    await send(2)
    const refused = await send(3)
    expect(refused.error?.error).toMatchObject({ code: 'RATE_LIMITED', reason: 'SEND_LIMIT' })
    await json('keys', 'update', id, '--limit', '3/1m')
    expect((await send(3)).response.status).toBe(200)
    await json('keys', 'update', id, '--clear', 'limit')
    expect((await send(4)).response.status).toBe(200)
    for (const wrong of ['0/1m', '1/2h', 'off', 'many'])
      expect((await command('keys', 'update', id, '--limit', wrong)).code).toBe(1)
  })
})

describe('tokens', () => {
  it('update changes the lists and the expiry of a token at once, and --clear removes them', async () => {
    const { id = '', token = '' } = await json(
      'tokens',
      'create',
      '--name',
      'web',
      '--allow-origin',
      'https://a.example',
    )
    const status = async (origin: string) => {
      const { response } = await instant.send(server.client(token, { Origin: origin }), { email: 'a@x.co' })
      return response.status
    }
    expect([await status('https://a.example'), await status('https://b.example')]).toEqual([200, 403])
    await json('tokens', 'update', id, '--allow-origin', 'https://b.example', '--name', 'other')
    expect([await status('https://a.example'), await status('https://b.example')]).toEqual([403, 200])
    await json('tokens', 'update', id, '--clear', 'allow-origin', '--expires-in', '1h')
    expect(await status('https://c.example')).toBe(200)
    server.now += 3_700_000
    expect(await status('https://c.example')).toBe(401)
    server.now = Date.now()
    await json('tokens', 'update', id, '--clear', 'expiry', '--deny-ip', '127.0.0.0/8')
    expect(await status('https://c.example')).toBe(403)
    const { expiresAt, name } = await json('tokens', 'update', id, '--clear', 'deny-ip')
    expect({ expiresAt, name }).toEqual({ expiresAt: null, name: 'other' })
    for (const wrong of [
      [],
      ['--clear', 'everything'],
      ['--allow-ip', 'x'],
      ['--allow-origin', 'https://*.example'],
    ])
      expect((await command('tokens', 'update', id, ...wrong)).code).toBe(1)
  })

  it('create --expires-in issues a token that expires', async () => {
    const { token = '' } = await json('tokens', 'create', '--name', 'short', '--expires-in', '1h')
    const send = async () => (await instant.send(server.client(token), { email: 'b@x.co' })).response.status
    expect(await send()).toBe(200)
    server.now += 3_700_000
    expect(await send()).toBe(401)
    server.now = Date.now()
  })
})

describe('projects', () => {
  it.each([
    ['keys', 'create', '--name', 'x'],
    ['tokens', 'create', '--name', 'x'],
  ])('are not created by a mistyped --project: %s %s', async (...args) => {
    await command('projects', 'create', 'storefront')
    const { code, stderr } = await command(...args, '--project', 'storefornt')
    expect(code).toBe(1)
    expect(stderr).toBe(
      'error: there is no project storefornt. Did you mean storefront? To create it, run: risumail-otp projects create storefornt\n',
    )
  })

  it('have a name that can change, and a unique id', async () => {
    await json('projects', 'create', 'named', '--name', 'Acme Shop')
    expect((await command('projects', 'create', 'named')).stderr).toContain(
      'the project named already exists',
    )
    await json('projects', 'rename', 'named', '--name', 'Acme Store')
    const { projects } = (await json('projects', 'list')) as unknown as { projects: object[] }
    expect(projects).toContainEqual({ id: 'named', name: 'Acme Store', createdAt: expect.any(String) })
    expect((await command('projects', 'rename', 'nothing', '--name', 'x')).code).toBe(1)
  })

  it('have their own brand, set field by field, and the audit log lists every change', async () => {
    await json('projects', 'create', 'branded')
    const logo = join(server.folder, 'logo.png')
    writeFileSync(logo, Buffer.from('89504e470d0a1a0a', 'hex'))
    const set = await json('projects', 'set', 'branded', '--brand-name', 'Other', '--logo', logo)
    const brand = { name: 'Other', logo: 'image/png, 8 bytes' }
    expect(set).toEqual({ id: 'branded', brand })
    await json(
      'projects',
      'set',
      'branded',
      '--accent-color',
      '9D174D',
      '--support-address',
      'help@other.example',
    )
    expect(await json('projects', 'show', 'branded')).toEqual({
      id: 'branded',
      brand: { ...brand, accentColor: '#9d174d', supportAddress: 'help@other.example' },
    })
    const left = await json('projects', 'set', 'branded', '--unset', 'logo', '--unset', 'brand-name')
    expect(left['brand']).toEqual({ accentColor: '#9d174d', supportAddress: 'help@other.example' })
    const { stdout } = await command('projects', 'show', 'branded')
    expect(stdout).toMatch(/brand-name +same as the installation\n/)
    const { entries } = (await json('audit')) as unknown as { entries: { action: string; subject: string }[] }
    expect(entries.filter(({ subject }) => subject === 'branded').map(({ action }) => action)).toEqual([
      ...['project.set', 'project.set', 'project.set', 'project.created'],
    ])
  })

  it.each([
    [['branded2', '--brand-name', 'x']],
    [['default']],
    [['default', '--accent-color', 'red']],
    [['default', '--brand-name', 'A <b@c.d>']],
    [['default', '--support-address', 'nobody']],
    [['default', '--logo', '/nowhere.png']],
    [['default', '--unset', 'color']],
  ])('refuse the arguments %j of `projects set`', async (args) => {
    const { code, stderr } = await command('projects', 'set', ...args)
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error: /)
  })
})

it('the audit log has an entry for every change, with its author and no secret', async () => {
  const { id = '', key = '' } = await json('keys', 'create', '--name', 'audited')
  await json('keys', 'update', id, '--limit', '5/1m')
  const rolled = await json('keys', 'roll', id)
  await json('keys', 'revoke', id)
  const { entries } = (await json('audit', '--limit', '4')) as unknown as {
    entries: { action: string; subject: string; actor: string; details: object }[]
  }
  expect(entries.map(({ action }) => action)).toEqual([
    'key.revoked',
    'key.rolled',
    'key.updated',
    'key.created',
  ])
  expect(entries.every(({ subject, actor }) => subject === id && /^\S+@\S+$/.test(actor))).toBe(true)
  expect(entries[2]?.details).toEqual({ limit: { max: 5, windowMs: 60_000 } })
  const shown = (await command('audit')).stdout
  for (const secret of [key, rolled['key'] ?? ''])
    expect(JSON.stringify(entries) + shown).not.toContain(secret)
})

it('a session of a rolled key cannot be verified with the key of another project', async () => {
  const { id = '' } = await json('keys', 'create', '--name', 'own', '--project', 'storefront')
  const { key = '' } = await json('keys', 'roll', id)
  const sent = await sendAndRead(server, backend, server.client(key ?? ''), { email: 'own@example.com' })
  const other = await json('keys', 'create', '--name', 'other')
  const { error } = await backend.verify(server.client(other['key'] ?? ''), sent)
  expect(error?.error.code).toBe('SESSION_NOT_FOUND')
})
