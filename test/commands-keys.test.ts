import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { json, listed, newFolder, run } from './support/commands.ts'

describe('keys and tokens', () => {
  const folder = newFolder()

  it('create prints one object with the secret, and the store keeps only its hash', async () => {
    const key = await json(folder, ['keys', 'create', '--name', 'shop'])
    expect(Object.keys(key)).toEqual(['id', 'key'])
    expect(key['key']).toMatch(/^risu_key_[0-9A-Za-z]{36,}$/)
    const token = await json(folder, [
      'tokens',
      'create',
      '--name',
      'web',
      '--allow-ip',
      '10.0.0.0/8',
      '--allow-ip',
      '::1',
    ])
    expect(Object.keys(token)).toEqual(['id', 'token', 'secret'])
    expect(token['token']).toMatch(/^risu_otp_[0-9A-Za-z]{36,}$/)
    expect(token['secret']).toMatch(/^risu_otp_sec_[0-9A-Za-z]{36,}$/)
    const stored = readFileSync(join(folder, 'data', 'risumail-otp.db')).toString('latin1')
    for (const secret of [key['key'], token['token'], token['secret']]) expect(stored).not.toContain(secret)
  })

  it('list shows every issued credential with its grants, and no secret', async () => {
    const [key] = await listed(folder, 'keys')
    expect(key).toMatchObject({
      name: 'shop',
      projectId: 'default',
      scopes: ['server_otp'],
      expiresAt: null,
      revokedAt: null,
    })
    const [token] = await listed(folder, 'tokens')
    expect(token).toMatchObject({ name: 'web', allowedAddresses: ['10.0.0.0/8', '::1'], allowedOrigins: [] })
    expect(JSON.stringify([key, token])).not.toMatch(/risu_|ash/)
    const { stdout } = await run(folder, ['keys', 'list'])
    expect(stdout).toMatch(
      /^ID +NAME +PROJECT +SCOPES +CREATED +LAST USED +STATUS\nkey_\w+ +shop +default +server_otp +\S+ +- +active\n$/,
    )
  })

  it('create --sandbox issues credentials and webhooks of the sandbox of a project, and marks them', async () => {
    const sandbox = newFolder()
    await json(sandbox, ['projects', 'create', 'shop'])
    const { key } = await json(sandbox, [
      'keys',
      'create',
      '--sandbox',
      '--name',
      'tests',
      '--project',
      'shop',
    ])
    expect(key).toMatch(/^risu_key_test_[0-9A-Za-z]{36,}$/)
    const { token, secret } = await json(sandbox, ['tokens', 'create', '--sandbox', '--name', 'tests'])
    expect(token).toMatch(/^risu_otp_test_[0-9A-Za-z]{36,}$/)
    expect(secret).toMatch(/^risu_otp_sec_[0-9A-Za-z]{36,}$/)
    expect(await listed(sandbox, 'keys')).toMatchObject([{ projectId: 'shop', sandbox: true }])
    expect((await run(sandbox, ['keys', 'list'])).stdout).toMatch(/ shop \(sandbox\) /)
    const environment = { OTP_SECRET: 'a-secret-of-the-tests-long-enough-to-be-one' }
    const url = ['--url', 'https://hooks.acme.example/otp', '--project', 'shop']
    await run(sandbox, ['webhooks', 'create', '--sandbox', ...url], environment)
    const { webhooks } = (await json(sandbox, ['webhooks', 'list'])) as unknown as { webhooks: object[] }
    expect(webhooks).toMatchObject([{ projectId: 'shop', sandbox: true }])
    const { stderr } = await run(sandbox, ['keys', 'create', '--name', 'x', '--project', 'shop/sandbox'])
    expect(stderr).toContain('must be lowercase letters, digits and dashes')
  })

  it('create accepts scopes, a project, a lifetime and senders', async () => {
    await json(folder, ['projects', 'create', 'p2'])
    await json(folder, [
      ...[
        'keys',
        'create',
        '--name',
        'other',
        '--scope',
        'mail_api',
        '--scope',
        'server_otp',
        '--project',
        'p2',
      ],
      ...['--expires-in', '90d', '--allow-from', 'Shop@Acme.example'],
    ])
    const key = (await listed(folder, 'keys')).at(-1)
    expect(key).toMatchObject({
      scopes: ['mail_api', 'server_otp'],
      projectId: 'p2',
      allowedSenders: ['Shop@acme.example'],
    })
    const lifetime = Date.parse(String(key?.['expiresAt'])) - Date.parse(String(key?.['createdAt']))
    expect(lifetime).toBe(90 * 24 * 3600 * 1000)
  })

  it('revoke ends a credential, and fails if no active credential of that kind has the id', async () => {
    const { id = '' } = await json(folder, ['keys', 'create', '--name', 'gone'])
    expect(await run(folder, ['tokens', 'revoke', id])).toMatchObject({ code: 1 })
    expect(await json(folder, ['keys', 'revoke', id])).toEqual({ id, revoked: true })
    const again = await run(folder, ['keys', 'revoke', id])
    expect(again).toMatchObject({ code: 1, stdout: '' })
    expect(again.stderr).toContain(id)
  })

  it.each([
    [['keys', 'create'], '--name'],
    [['keys', 'create', '--name', ''], '--name'],
    [['keys', 'create', '--name', 'x', '--scope', 'everything'], 'server_otp, mail_api'],
    [['keys', 'create', '--name', 'x', '--expires-in', 'soon'], '90d'],
    [['keys', 'create', '--name', 'x', '--project', '../x'], 'project'],
    [['tokens', 'create', '--name', 'x', '--allow-ip', '10.0.0.0/33'], 'CIDR'],
    [['tokens', 'create', '--name', 'x', '--allow-origin', 'https://a.example/'], 'origin'],
    [['tokens', 'create', '--name', 'x', '--allow-origin', 'https://*.a.example'], 'origin'],
    [['tokens', 'create', '--name', 'x', '--allow-origin', 'null'], 'origin'],
    [['tokens', 'create', '--name', 'x', '--allow-origin', 'javascript://x'], 'origin'],
    [['tokens', 'create', '--name', 'x', '--allow-origin', 'capacitor://localhost/path'], 'origin'],
    [['tokens', 'create', '--name', 'x', '--allow-ip', ''], 'CIDR'],
    [['keys', 'create', '--name', 'x', '--expires-in', '999999999d'], '3650d'],
    [['tokens', 'create', '--name', 'x', '--allow-from', 'a@x.co, b@y.co'], 'address'],
    [['tokens', 'revoke'], 'id'],
    [['tokens', 'create', '--name', 'x', '--deny-ip', '10.0.0.0/33'], 'CIDR'],
    [['tokens', 'deny'], 'id'],
    [['tokens', 'deny', 'tok_unknown', '--ip', '10.0.0.1'], 'no active token has the id tok_unknown'],
    [['networks', '--since', 'yesterday'], 'must be a duration'],
    [['networks', '--most', '0'], 'must be a whole number'],
    [['nothing'], 'unknown command'],
  ])('refuses %j with exit code 1 and says what is wrong', async (args, message) => {
    const { code, stdout, stderr } = await run(folder, args)
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain(message)
  })

  it('--help explains every command', async () => {
    for (const args of [
      [],
      ['keys'],
      ['keys', 'create'],
      ['tokens', 'create'],
      ['tokens', 'deny'],
      ['networks'],
    ]) {
      const { code, stdout } = await run(folder, [...args, '--help'])
      expect(code).toBe(0)
      expect(stdout).toContain('Usage: risumail-otp')
    }
  })
})

describe('the commands networks and tokens deny', () => {
  it('list no network before a public token is used, and replace the addresses that a token refuses', async () => {
    const folder = newFolder()
    const secret = { OTP_SECRET: 'a-secret-of-the-tests-long-enough-to-be-one' }
    const { id = '' } = await json(folder, ['tokens', 'create', '--name', 'web', '--deny-ip', '192.0.2.1'])
    const deniedBy = async () =>
      (await listed(folder, 'tokens')).map(({ deniedAddresses }) => deniedAddresses)
    expect(await deniedBy()).toEqual([['192.0.2.1']])
    const { stdout } = await run(folder, ['networks'], secret)
    expect(stdout).toBe('No public token was used in this period.\n')
    expect(await json(folder, ['tokens', 'deny', id, '--ip', '10.0.0.0/8', '--ip', '::1'])).toEqual({
      id,
      deniedAddresses: ['10.0.0.0/8', '::1'],
    })
    expect(await deniedBy()).toEqual([['10.0.0.0/8', '::1']])
    await json(folder, ['tokens', 'deny', id])
    expect(await deniedBy()).toEqual([[]])
    const { code, stderr } = await run(folder, ['networks'], { OTP_SECRET: '' })
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'The configuration is not valid:\n  OTP_SECRET is required: it makes the ids in the log\n',
    })
  })
})
