import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { json, newFolder, run } from './support/commands.ts'

describe('copy-store', () => {
  it('copies into an empty store, and refuses a store that is not empty', async () => {
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

  it('exits 1 for a target that it cannot use, and prints no password and no stack trace', async () => {
    for (const to of ['mysql://user:hunter2@x/y', 'postgres://user:hunter2@127.0.0.1:1/otp']) {
      const { code, stderr } = await run(newFolder(), ['copy-store', '--to', to])
      expect(code).toBe(1)
      expect(stderr).not.toMatch(/hunter2| at /)
    }
  })
})

describe('migrate', () => {
  it('brings a new store up to date, and lists the migrations that it ran', async () => {
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
      'UTF-16 without a byte order mark',
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

  it('reads DATABASE_URL from a .env file, and the environment overrides it', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, '.env'), 'DATABASE_URL=sqlite:from-file.db\n')
    expect((await run(folder, ['migrate'])).code).toBe(0)
    expect(statSync(join(folder, 'from-file.db')).size).toBeGreaterThan(0)
    expect((await run(folder, ['migrate'], { DATABASE_URL: 'sqlite:from-environment.db' })).code).toBe(0)
    expect(statSync(join(folder, 'from-environment.db')).size).toBeGreaterThan(0)
  })
})
