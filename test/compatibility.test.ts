import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { parseAddress } from '../server/address.ts'

const project = fileURLToPath(new URL('..', import.meta.url))
const redocly = join(project, 'node_modules/@redocly/cli/bin/cli.js')
const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-compatibility-'))
afterAll(() => rmSync(folder, { recursive: true }))

const inOrder = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })
const lastRelease = `openapi/releases/${readdirSync(join(project, 'openapi/releases')).sort(inOrder).at(-1)}`

/**
 * Writes the contract with every reference resolved and every `allOf` merged. The comparison then sees what a response
 * may contain, and not how the contract is split into schemas. Both sides are compared in this form.
 */
function flattened(contract: string, path: string): string {
  const whole = parse(readFileSync(resolve(project, contract), 'utf8')) as Node
  const flat = plain(whole, whole) as { paths: object }
  const { openapi, info, servers, tags, security } = whole
  const { securitySchemes } = whole['components'] as Node
  writeFileSync(
    path,
    stringify(
      { openapi, info, servers, tags, security, paths: flat.paths, components: { securitySchemes } },
      { aliasDuplicateObjects: false },
    ),
  )
  return path
}

type Node = Record<string, unknown>

function plain(node: unknown, whole: Node): unknown {
  if (Array.isArray(node)) return node.map((item) => plain(item, whole))
  if (typeof node !== 'object' || node === null) return node
  const { $ref, allOf, ...own } = node as { $ref?: string; allOf?: unknown[] } & Node
  if (typeof $ref === 'string') {
    let target: unknown = whole
    for (const name of $ref.replace('#/', '').split('/'))
      target = (target as Node)[name.replaceAll('~1', '/')]
    return plain({ ...(target as Node), ...own }, whole)
  }
  const flat = Object.fromEntries(
    Object.entries(own).map(([key, value]) => [
      key,
      key === 'pattern' ? patternOf(value) : plain(value, whole),
    ]),
  )
  // Treat a single value as a list of one.
  if ('const' in flat) {
    flat['enum'] = [flat['const']]
    delete flat['const']
  }
  const parts = (allOf ?? []).map((part) => plain(part, whole) as Node)
  const merged = [...parts, flat].reduce(merge)
  const { anyOf, ...rest } = merged as { anyOf?: Node[] } & Node
  return anyOf === undefined ? merged : { anyOf: anyOf.map((part) => merge(rest, part)) }
}

/** Merges two schemas that must both hold. A merged list of values keeps only the values that are in both. */
function merge(a: Node, b: Node): Node {
  const both = { ...a, ...b }
  const [left, right] = [a['enum'], b['enum']] as (unknown[] | undefined)[]
  if (left && right) both['enum'] = left.filter((value) => right.includes(value))
  if (a['required'] ?? b['required'])
    both['required'] = [
      ...new Set([...((a['required'] as string[]) ?? []), ...((b['required'] as string[]) ?? [])]),
    ].sort()
  if (a['properties'] && b['properties']) {
    const [ours, theirs] = [a['properties'] as Record<string, Node>, b['properties'] as Record<string, Node>]
    const names = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
    both['properties'] = Object.fromEntries(
      names.map((name) => [name, merge(ours[name] ?? {}, theirs[name] ?? {})]),
    )
  }
  return both
}

const patternOf = (pattern: unknown) => withoutShorthands(rewritten.get(String(pattern)) ?? String(pattern))

// These patterns were rewritten to run in linear time, and for engines without \uXXXX. They match the same texts.
const texts = String.raw`[^=\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]`
const portable = (pattern: string) =>
  pattern
    .replace(/\\u00([0-9A-F]{2})/g, '\\x$1')
    .replace(/\\u([0-9A-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
const line = `^(?:${texts}|=+${texts.replace('[^=', '[^?=')})*=*$`
const anyText = `^${texts.replace('[^=', '[^')}*$`
const address = String.raw`[^\s@<>()\[\]\\,;:"`
const rewritten = new Map([
  ...[line, anyText].map((pattern) => [pattern, portable(pattern)] as const),
  [`^${address}]+@${address}]+\\.${address}]+$`, `^${address}]+@${address}.]+(?:\\.${address}.]+)+$`],
])

/** `\d` and `\s` match more in some engines than in others. The formats reject the non-ASCII spaces of `\s`. */
function withoutShorthands(pattern: string): string {
  return pattern.replaceAll('\\d', '[0-9]').replaceAll('\\s', '\\x00-\\x20\\x7F-\\xA0')
}

/** Compares with the last released contract. @returns the exit code: 0 if the version bump fits the changes */
async function compare(contract: string): Promise<number> {
  const released = flattened(lastRelease, join(folder, 'released.yaml'))
  const flat = flattened(contract, join(folder, 'flat.yaml'))
  const args = [redocly, 'diff', released, flat, '--config', 'openapi/redocly.yaml', '--check-version']
  const options = { cwd: project, env: { ...process.env, REDOCLY_TELEMETRY: 'off' } }
  return promisify(execFile)(process.execPath, [...args, '--fail-on', 'none'], options).then(
    () => 0,
    ({ code }: { code: number }) => code,
  )
}

describe('a rewritten pattern', () => {
  it('accepts the same valid addresses as the pattern before it', () => {
    const [before = '', written = ''] = [...rewritten].at(-1) ?? []
    const after = withoutShorthands(written)
    const part = fc.constantFrom('a', 'ü', '.', '@', ' ', '"', '<', '-', 'xn--', '1', '\u3000', '\x00')
    const texts = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(texts, fc.emailAddress()), (text) => {
        const isAddress = parseAddress(text) !== undefined
        expect(new RegExp(after, 'u').test(text) && isAddress).toBe(
          new RegExp(before, 'u').test(text) && isAddress,
        )
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('the contract, compared with the last release', () => {
  it('has the version number that its changes require', async () => {
    expect(await compare('openapi/openapi.yaml')).toBe(0)
  })

  it.each<[string, string | RegExp, string]>([
    ['a renamed path', '/api/v1/backend-otp/send:', '/api/v1/backend-otp/mail:'],
    [
      'a field that became required',
      'required: [sessionId, email, code]',
      'required: [sessionId, email, code, more]',
    ],
    ['a stricter limit', 'maximum: 3600', 'maximum: 1800'],
    [
      'a response field that is no longer required',
      'required: [sessionId, expiresAt, email, sent]',
      'required: [sessionId, expiresAt, email]',
    ],
    [
      'a new error code in an existing response',
      'code: { type: string, const: INVALID_CODE }',
      'code: { type: string, enum: [INVALID_CODE, NOT_FOUND] }',
    ],
    ['a removed field', /^ {8}from:\n(?: {10}.+\n)+/m, ''],
  ])('requires a new major version for %s', async (_case, find, replace) => {
    const released = readFileSync(join(project, lastRelease), 'utf8')
    const version = /^ {2}version: (\d+)\.(\d+)\.\d+$/m.exec(released)
    const [, major, minor] = version ?? []
    const changed = released.replace(find, replace)
    expect(changed).not.toBe(released)
    const path = join(folder, 'openapi.yaml')
    writeFileSync(path, changed.replace(version?.[0] ?? '', `  version: ${major}.${Number(minor) + 1}.0`))
    expect(await compare(path)).not.toBe(0)
    writeFileSync(path, changed.replace(version?.[0] ?? '', `  version: ${Number(major) + 1}.0.0`))
    expect(await compare(path)).toBe(0)
  })
})
