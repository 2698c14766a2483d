import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RE2JS } from 're2js'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { contractFile } from './support/contract.ts'

// Generators copy the contract's patterns into the languages of their users. Each language has its own engine.

const source = readFileSync(contractFile, 'utf8')
const patterns = new Set<string>()
const collect = (node: unknown): void => {
  if (typeof node !== 'object' || node === null) return
  for (const [key, value] of Object.entries(node)) {
    if (key === 'pattern' && typeof value === 'string') patterns.add(value)
    else collect(value)
  }
}
collect(parse(source))

const samples = [
  ...['user@example.com', 'a@b', 'a@@b.c', 'a b@c.d', 'a@b.c.d', 'a@b..c', 'a@.b', 'ü@bücher.example', ''],
  ...[
    'otp_sess_01KPJRXTK0Q4T7V9X2B5N6C1DE',
    'ev_01KPJRXTK0Q4T7V9X2B5N6C1DE',
    'evt_01KPJRXTK0X7M2Z5R7W2H4J6PB',
    'ev_x',
    'ev_81KPJRXTK0Q4T7V9X2B5N6C1DE',
    '4242',
    '424242x',
  ],
  ...['2026-04-19T11:45:00.000Z', '2026-04-19T11:45:00Z', 'de', 'pt-BR', 'x', 'zh-Hant-TW', 'de_AT'],
  ...['٢٠٢٦-٠٤-١٩T١١:٤٥:٠٠.٠٠٠Z', 'a\u3000b@c.d', 'a\u00a0b@c.d', 'https://a\u000bb', 'a@b.c\u0085'],
  ...['https://app.example/back', 'http://x', 'ftp://x', 'https://a b', 'https://a"b', 'https://a|b'],
  ...['Your Acme code', '=?utf-8?q?x?=', '==', '=', 'a=b', 'a=?b', 'a==?b', '株式会社', '😀', 'é'],
  ...[
    '\u0000',
    '\u001f',
    '\u007f',
    '\u0085',
    '\u009f',
    '\u00a0',
    '\u2027',
    '\u2028',
    '\u202e',
    '\u202f',
    '\u2065',
    '\u2069',
    '\u206a',
  ],
  ...[
    '"credential";q=600;w=60',
    '"credential";r=599;t=60',
    '"credential";q=;w=60',
    '7d1c9a52-3c1f',
    'a b',
    '\u0661',
  ],
]

const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-patterns-'))
afterAll(() => rmSync(folder, { recursive: true }))
const input = join(folder, 'input.json')
writeFileSync(input, JSON.stringify({ patterns: [...patterns], samples }))

/** Says for each pattern and each sample whether they match. */
type Table = boolean[][]
const tableOf = (matches: (pattern: string, sample: string) => boolean): Table =>
  [...patterns].map((pattern) => samples.map((sample) => matches(pattern, sample)))

const python = `
import json, re, sys
given = json.load(open(sys.argv[1], encoding='utf-8'))
print(json.dumps([[re.search(p, s) is not None and not s.endswith('\\n') for s in given['samples']] for p in given['patterns']]))
`
const perl = `
use JSON::PP; local $/; open my $f, '<', $ARGV[0]; my $given = decode_json(<$f>);
print encode_json([map { my $p = $_; [map { $_ =~ /$p/ ? JSON::PP::true : JSON::PP::false } @{$given->{samples}}] } @{$given->{patterns}}]);
`
// Java reads its input as lines, because it has no JSON parser. It must match the whole text, because its `$` also
// matches before a line end.
const java = `
import java.nio.file.*; import java.util.*; import java.util.regex.*;
public class Patterns {
  public static void main(String[] a) throws Exception {
    List<Pattern> patterns = new ArrayList<>(); List<String> samples = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(a[0]))) {
      String text = new String(Base64.getDecoder().decode(line.substring(1)), "UTF-8");
      if (line.charAt(0) == 'p') patterns.add(Pattern.compile(text)); else samples.add(text);
    }
    List<String> rows = new ArrayList<>();
    for (Pattern p : patterns) {
      List<String> row = new ArrayList<>();
      for (String s : samples) row.add(String.valueOf(p.matcher(s).matches()));
      rows.add(row.toString());
    }
    System.out.println(rows);
  }
}
`
const asLines = () => {
  const line = (kind: string) => (text: string) => kind + Buffer.from(text).toString('base64')
  return [...[...patterns].map(line('p')), ...samples.map(line('s'))].join('\n')
}

const has = (program: string, args: string[]) => spawnSync(program, args).status === 0
const run = (program: string, args: string[]): Table =>
  JSON.parse(execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })) as Table

const inEcmaScript = tableOf((pattern, sample) => new RegExp(pattern, 'u').test(sample))

describe('the patterns of the contract', () => {
  it('each accept at least one sample and reject at least one', () => {
    expect(patterns.size).toBeGreaterThan(8)
    for (const [row, pattern] of [...patterns].entries()) {
      expect(new Set(inEcmaScript[row]), pattern).toEqual(new Set([true, false]))
    }
  })

  it('contain no escape that only some engines support', () => {
    for (const pattern of patterns)
      expect(pattern).not.toMatch(/\\[dDsSwWbBuUpPxX](?!x?[0-9A-F]{2}\b|[0-9A-F]{2})|\\u|\(\?[<=!]/)
  })

  it('mean the same in RE2', () => {
    expect(tableOf((pattern, sample) => RE2JS.compile(pattern).matcher(sample).find())).toEqual(inEcmaScript)
  })

  it.runIf(has('python3', ['--version']))('mean the same in Python', () => {
    const script = join(folder, 'patterns.py')
    writeFileSync(script, python)
    expect(run('python3', [script, input])).toEqual(inEcmaScript)
  })

  it.runIf(has('perl', ['-MJSON::PP', '-e', '1']))('mean the same in Perl, whose syntax PCRE2 shares', () => {
    expect(run('perl', ['-e', perl, input])).toEqual(inEcmaScript)
  })

  it.runIf(has('java', ['--version']))('mean the same in Java', () => {
    const [program, lines] = [join(folder, 'Patterns.java'), join(folder, 'lines')]
    writeFileSync(program, java)
    writeFileSync(lines, asLines())
    expect(run('java', [program, lines])).toEqual(inEcmaScript)
  })

  it.runIf(
    has('grep', ['-qP', 'x', '-e', 'x', '/dev/null']) ||
      spawnSync('grep', ['-P', 'x'], { input: 'x' }).status === 0,
  )('compile in PCRE2', () => {
    for (const pattern of patterns) {
      const { status, stderr } = spawnSync('grep', ['-P', '-e', pattern], {
        input: 'x\n',
        env: { ...process.env, LC_ALL: 'C.UTF-8' },
        encoding: 'utf8',
      })
      expect({ pattern, stderr, isFine: status === 0 || status === 1 }).toEqual({
        pattern,
        stderr: '',
        isFine: true,
      })
    }
  })
})
