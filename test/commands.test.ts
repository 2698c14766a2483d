import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
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

  it('list shows what was issued with its grants, and no secret', async () => {
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

  it('create --sandbox issues credentials that say so, of a project apart, and webhooks of that too', async () => {
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

  it('create takes scopes, a project, a lifetime and senders', async () => {
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

  it('revoke ends a credential once, and fails for one that is not there', async () => {
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

describe('copy-store', () => {
  it('copies into an empty store, and refuses one that is not', async () => {
    const folder = newFolder()
    await json(folder, ['keys', 'create', '--name', 'shop'])
    expect(await json(folder, ['copy-store', '--to', 'sqlite:copy.db'])).toEqual({
      copied: {
        ...{
          projects: 1,
          audit: 1,
          credentials: 1,
          sessions: 0,
          idempotency_keys: 0,
          tallies: 0,
          tries: 0,
          test_recipients: 0,
        },
        ...{ webhook_endpoints: 0, webhook_events: 0, webhook_deliveries: 0 },
      },
    })
    const { code, stdout, stderr } = await run(folder, ['copy-store', '--to', 'sqlite:copy.db'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(
      '--to points to a store that cannot be used: it is not empty: the table audit has rows',
    )
  })

  it('says what is wrong with the target, and repeats no password', async () => {
    for (const to of ['mysql://user:hunter2@x/y', 'postgres://user:hunter2@127.0.0.1:1/otp']) {
      const { code, stderr } = await run(newFolder(), ['copy-store', '--to', to])
      expect(code).toBe(1)
      expect(stderr).not.toMatch(/hunter2| at /)
    }
  })
})

describe('migrate', () => {
  it('brings a new store up to date, and says what it did', async () => {
    const folder = newFolder()
    expect(await json(folder, ['migrate'])).toEqual({
      migrated: [
        '0001-sessions-and-credentials',
        '0002-hosted-page',
        '0003-page-tries',
        '0004-counted-recipient',
        '0005-tries-resends-and-idempotency',
        '0006-steady-clock',
        '0007-sides-and-networks',
        '0008-outcomes',
        '0009-test-recipients',
        '0010-operations',
      ],
    })
    expect(await json(folder, ['migrate'])).toEqual({ migrated: [] })
  })

  it.each<[what: string, make: (path: string) => void, says: RegExp]>([
    [
      'a directory',
      (path) => mkdirSync(path),
      /^The configuration is not valid:\n {2}\.env is a directory\n$/,
    ],
    ['a link to itself', (path) => symlinkSync('.env', path), /\.env cannot be read \(ELOOP\)\n$/],
    [
      'UTF-16',
      (path) => writeFileSync(path, Buffer.from('\ufeffDATABASE_URL=sqlite:x.db\n', 'utf16le')),
      /\.env must be UTF-8 text; save it in that encoding\n$/,
    ],
    [
      'UTF-16 without a mark',
      (path) => writeFileSync(path, Buffer.from('DATABASE_URL=sqlite:x.db\n', 'utf16le')),
      /\.env must be UTF-8 text/,
    ],
    ['Latin-1', (path) => writeFileSync(path, Buffer.from('MAIL_BRAND_NAME=Caf\u00e9\n', 'latin1')), /UTF-8/],
  ])('exits 1 and says why if .env is %s', async (_what, make, says) => {
    const folder = newFolder()
    make(join(folder, '.env'))
    const { code, stdout, stderr } = await run(folder, ['migrate'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(says)
    expect(stderr).not.toMatch(/ at /)
  })

  it('reads the first variable of a .env file that begins with a byte order mark', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, '.env'), '\ufeffDATABASE_URL=sqlite:marked.db\n')
    await json(folder, ['migrate'])
    expect(existsSync(join(folder, 'marked.db'))).toBe(true)
  })

  it('reads DATABASE_URL from a .env file, and the environment wins over it', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, '.env'), 'DATABASE_URL=sqlite:from-file.db\n')
    expect((await run(folder, ['migrate'])).code).toBe(0)
    expect(statSync(join(folder, 'from-file.db')).size).toBeGreaterThan(0)
    expect((await run(folder, ['migrate'], { DATABASE_URL: 'sqlite:from-environment.db' })).code).toBe(0)
    expect(statSync(join(folder, 'from-environment.db')).size).toBeGreaterThan(0)
  })
})

describe('networks and tokens deny', () => {
  it('show nothing before a public token was used, and change what a token refuses', async () => {
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
