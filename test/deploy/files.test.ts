import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { newFolder } from '../support/commands.ts'

const fileOf = (name: string) => fileURLToPath(new URL(`../../server/deploy/${name}`, import.meta.url))

/** What a tool prints; undefined if this machine does not have it. @throws if it complains */
function said(tool: string, args: string[]): string | undefined {
  try {
    return execFileSync(tool, args, { encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

describe('the files for operators', () => {
  it('have a systemd unit that systemd accepts and calls well protected', (test) => {
    // The program is not installed where the tests run, and systemd looks for it.
    const unit = readFileSync(fileOf('risumail-otp.service'), 'utf8')
    const file = join(newFolder(), 'risumail-otp.service')
    writeFileSync(file, unit.replace('/usr/local/bin/risumail-otp', process.execPath))
    const verified = said('systemd-analyze', ['verify', file])
    if (verified === undefined) return test.skip()
    expect(verified).toBe('')
    const judged = said('systemd-analyze', ['security', '--offline=true', file])
    const [, level] = /exposure level for \S+: ([\d.]+)/.exec(judged ?? '') ?? []
    // 10 is unprotected, and what systemd itself runs is mostly between 1 and 3.
    expect(Number(level)).toBeLessThan(2)
  })

  it('have a Caddyfile that Caddy accepts', (test) => {
    const adapted = said('caddy', [
      'adapt',
      '--validate',
      '--adapter',
      'caddyfile',
      '--config',
      fileOf('Caddyfile'),
    ])
    if (adapted === undefined) return test.skip()
    expect(adapted).toContain('"dial":"127.0.0.1:3001"')
  })
})
