import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { newFolder } from '../support/commands.ts'
import { canRun, said } from '../support/programs.ts'

const fileOf = (name: string) => fileURLToPath(new URL(`../../server/deploy/${name}`, import.meta.url))

describe.skipIf(!canRun('systemd-analyze'))('the systemd unit', () => {
  // systemd looks for the program, but it is not installed where the tests run. So the test puts Node.js there.
  const unit = readFileSync(fileOf('risumail-otp.service'), 'utf8')
  const file = join(newFolder(), 'risumail-otp.service')
  writeFileSync(file, unit.replace('/usr/local/bin/risumail-otp', process.execPath))

  it('is accepted by systemd without a warning', () => {
    expect(said('systemd-analyze', ['verify', file])).toEqual({ code: 0, text: '' })
  })

  it('is rated as well protected by systemd', () => {
    const { text } = said('systemd-analyze', ['security', '--offline=true', file])
    const [, level] = /exposure level for \S+: ([\d.]+)/.exec(text) ?? []
    // 10 means unprotected. Most of systemd's own services score between 1 and 3.
    expect(Number(level)).toBeLessThan(2)
  })
})

describe.skipIf(!canRun('caddy'))('the Caddyfile', () => {
  it('is accepted by Caddy', () => {
    const options = ['--validate', '--adapter', 'caddyfile', '--config', fileOf('Caddyfile')]
    const { code, text } = said('caddy', ['adapt', ...options])
    expect(code).toBe(0)
    expect(text).toContain('"dial":"127.0.0.1:3001"')
  })
})
