import { readFileSync } from 'node:fs'
import ms from 'ms'
import { describe, expect, it } from 'vitest'
import { readContract } from '../../scripts/docs/contract.ts'
import { type Chapter, composeProse, readChapters } from '../../scripts/docs/prose.ts'
import { variables } from '../../server/config/variables.ts'
import { defaultTimeouts } from '../../server/http/listen.ts'
import { maxAttempts } from '../../server/otp/code.ts'
import { idempotencyClaim } from '../../server/otp/idempotency.ts'

const contractFile = new URL('../../openapi/openapi.yaml', import.meta.url)
const contract = await readContract(contractFile)
const chapters = await readChapters(contractFile)

/** Returns the chapters with one of them changed. */
function changed(file: string, change: (text: string) => string): Chapter[] {
  return chapters.map((chapter) =>
    chapter.file === file ? { ...chapter, text: change(chapter.text) } : chapter,
  )
}

describe('the prose of the docs', () => {
  it('does not build if a code of the contract has no section', () => {
    const without = changed('errors.md', (text) => text.replace('## NOT_FOUND', '## Not found'))
    expect(() => composeProse(without, contract)).toThrow('errors.md has no section for NOT_FOUND')
  })

  it('does not build if a section has a code that the contract lacks', () => {
    const withMore = changed('errors.md', (text) => `${text}\n## TEAPOT\n`)
    expect(() => composeProse(withMore, contract)).toThrow('TEAPOT')
  })

  it.each([
    ['a missing file', '[x](nowhere.md)'],
    ['a missing section', '[x](limits.md#nowhere)'],
    ['a missing section of the same file', '[x](#nowhere)'],
    ['a missing operation', '[x](../openapi.yaml#sendPigeon)'],
  ])('does not build with a link to %s', (_where, link) => {
    expect(() =>
      composeProse(
        changed('limits.md', (text) => `${text}\n${link}\n`),
        contract,
      ),
    ).toThrow(`limits.md: ${link}`)
  })

  it('names every example that a mock can return', () => {
    const text = composeProse(chapters, contract)
    expect(text).toContain("| 403 | `fromNotAllowed` | The sender is not on the credential's list |")
    expect(text).toContain('| 200 | `verified` | Verified |')
    expect(text).not.toContain('<!-- table')
  })

  it('names the status of every error and the operations that return it', () => {
    const text = composeProse(chapters, contract)
    expect(text).toContain('## VALIDATION_FAILED\n\n**Status 400** from every operation.')
    expect(text).toMatch(/## OTP_RATE_LIMITED\n\n\*\*Status 429\*\* from \[sendInstantOtp\]\(#tag\/[^)]+\)\./)
  })

  it('gives each reference link its URL, and moves the link of a heading below it', () => {
    const withLinks = changed(
      'CHANGELOG.md',
      () =>
        '# Changelog\n\nSee [one][1] and [1].\n\n## [1] - today\n\nNot [2].\n\n[1]: https://otp.acme.example/one\n',
    )
    const text = composeProse(withLinks, contract)
    expect(text).toContain('See [one](https://otp.acme.example/one) and [1](https://otp.acme.example/one).')
    expect(text).toContain('## 1 - today\n\n[1 on GitHub](https://otp.acme.example/one)\n\nNot [2].')
    expect(text).not.toContain('[1]:')
  })

  it('states the limits of the server and of the contract', () => {
    const limits = chapters.find(({ file }) => file === 'limits.md')?.text ?? ''
    const found = [...limits.matchAll(/\| (\d+) in (\d+) (minute|day)s? \| `(LIMIT_\w+)` \|/g)]
    const said = found.map(([, max, count, unit, name]) => [name, `${max}/${count}${unit?.[0]}`])
    expect(said.toSorted()).toEqual(
      Object.entries(variables)
        .flatMap(([name, { fallback }]) => (name.startsWith('LIMIT_') ? [[name, fallback]] : []))
        .toSorted(),
    )

    const { Subject, VerificationLine, From, EmailAddress, ExpiresInSeconds, OtpDigits } = contract.components
      .schemas as unknown as Record<string, Record<string, number>>
    expect(limits).toContain(`\`subject\` | ${Subject?.['minLength']} to ${Subject?.['maxLength']} char`)
    expect(limits).toContain(
      `\`verificationLine\` | ${VerificationLine?.['minLength']} to ${VerificationLine?.['maxLength']} char`,
    )
    expect(limits).toContain(`\`from\` | ${From?.['maxLength']} char`)
    expect(limits).toContain(`\`email\` | ${EmailAddress?.['maxLength']} bytes`)
    const span = (schema: Record<string, number> = {}) =>
      `${schema['minimum']} to ${schema['maximum']}, default ${schema['default']}`
    expect(limits).toContain(`\`otpDigits\` | ${span(OtpDigits)}`)
    expect(limits).toContain(`\`expiresInSeconds\`: ${span(ExpiresInSeconds)}`)
  })

  const defaultOf = (name: keyof typeof variables) => variables[name].fallback ?? ''
  const secondsOf = (name: keyof typeof variables) => ms(defaultOf(name) as ms.StringValue) / 1000
  const [guesses] = defaultOf('LIMIT_GUESSES_PER_RECIPIENT').split('/')
  const [mails, minutes] = defaultOf('LIMIT_PER_RECIPIENT').split(/[/m]/)
  const { headersMs, requestMs, idleMs } = defaultTimeouts
  const claim = idempotencyClaim('key', [])
  const attempts = `${maxAttempts(6)} attempts, or ${maxAttempts(5)} when its code has 4 or 5 digits`
  const errors = 'openapi/docs/errors.md'
  const limits = 'openapi/docs/limits.md'
  const recipes = 'openapi/docs/recipes.md'
  const operations = 'openapi/docs/deployment.md'

  it.each([
    [errors, `\`SMTP_TIMEOUT\` (${secondsOf('SMTP_TIMEOUT')} seconds by default)`],
    [errors, `\`SMTP_TIMEOUT\` and 4 seconds more, ${secondsOf('SMTP_TIMEOUT') + 4} seconds by default`],
    [recipes, `\`SMTP_TIMEOUT\` (${secondsOf('SMTP_TIMEOUT')} seconds by default)`],
    [limits, `| history | ${secondsOf('RETENTION') / 86_400} days from the verification`],
    [limits, `| \`Idempotency-Key\` | ${claim.keptMs / 3_600_000} hours from the first send`],
    [limits, `| ${headersMs / 1000} seconds, ${requestMs / 1000} seconds; then 408 without a body |`],
    [limits, `| time between two requests on one connection | ${idleMs / 1000} seconds |`],
    [limits, attempts],
    [operations, `closes idle connections first. The server closes them after ${idleMs / 1000} seconds`],
    ['README.md', `at most ${guesses} wrong codes a day, and ${mails} emails in any ${minutes} minutes`],
    ['SECURITY.md', `at most ${guesses} wrong codes in any 24 hours`],
    ['SECURITY.md', `if \`SMTP_TIMEOUT\` is at most ${secondsOf('SMTP_TIMEOUT')} seconds, as by default`],
  ])('%s matches the behavior of the server: %s', (file, words) => {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').replace(/\s+/g, ' ')
    expect(text).toContain(words)
  })
})
