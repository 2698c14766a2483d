import fc from 'fast-check'

/** The subset of JSON Schema that the contract uses for requests. */
export interface Schema {
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
}

/** Texts that an attacker might send. */
const nasty = fc.constantFrom(
  ...['\0', '\x01', '\x1b[31m', '\x7f', '\t', '\n', '\r', '\r\n', '\r\n\r\n', '\u0085', '\u2028', '\u2029'],
  ...[
    '\u202e',
    '\u2066',
    '\ufeff',
    '\u200b',
    '\ud800',
    '\udfff',
    '\ufffe',
    '\u{10ffff}',
    'é',
    'e\u0301',
    '💥',
    'ﷺ',
  ],
  ...[
    '\r\nBcc: evil@example.com',
    '\nBcc:evil@example.com',
    '\r\n.\r\nMAIL FROM:<evil@example.com>\r\n',
    '\r\n.\r\n',
  ],
  ...[
    '=?utf-8?q?=0d=0aBcc=3a_evil=40example.com?=',
    '=?utf-8?b?QmNjOg==?=',
    '=?',
    '?=',
    '=',
    '<',
    '>',
    '"',
    "'",
    '\\',
    ',',
    ';',
  ],
  ...[
    "' or 1=1 --",
    '"; drop table sessions; --',
    '%',
    '_',
    '{{1+1}}',
    '<script>',
    '&amp;',
    '../',
    '%0d%0a',
    '%00',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'null',
    'undefined',
    'NaN',
    '[object Object]',
    'true',
    '0',
    '-1',
    '1e999',
  ],
)

/** Any text, much of it hostile. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  nasty,
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.array(fc.oneof(nasty, fc.string({ maxLength: 8 })), { maxLength: 8 }).map((parts) => parts.join('')),
)

/** True if the text matches the schema. Lengths count code points, as in JSON Schema. */
export function fitsText(schema: Schema, text: string): boolean {
  const length = [...text].length
  return (
    length >= (schema.minLength ?? 0) &&
    length <= (schema.maxLength ?? Number.POSITIVE_INFINITY) &&
    (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(text))
  )
}

/** Texts that match the schema, up to its limits. */
export function validText(schema: Schema): fc.Arbitrary<string> {
  const { pattern, minLength = 0, maxLength = 80 } = schema
  const matching =
    pattern === undefined
      ? fc.string({ unit: 'binary', maxLength })
      : fc.stringMatching(new RegExp(pattern, 'u'))
  const longest = matching
    .map((text) => [...(text || 'x')])
    .map((points) => Array.from({ length: maxLength }, (_, place) => points[place % points.length]).join(''))
  return fc
    .oneof(
      { weight: 4, arbitrary: matching },
      { weight: 4, arbitrary: anyText },
      { weight: 1, arbitrary: longest },
    )
    .filter((text) => fitsText({ ...schema, minLength }, text))
}

/** Texts that break the schema in one of the possible ways. Undefined if every text matches. */
export function brokenText(schema: Schema): fc.Arbitrary<string> | undefined {
  const { pattern, minLength = 0, maxLength } = schema
  const ways: fc.Arbitrary<string>[] = []
  if (maxLength !== undefined) {
    ways.push(
      fc
        .tuple(fc.constantFrom('x', 'é', '💥', 'a@x.co,', '\0'), fc.integer({ min: 1, max: 500 }))
        .map(([unit, more]) => unit.repeat(maxLength + more)),
    )
  }
  if (minLength > 0) ways.push(fc.constant(''))
  if (pattern !== undefined) ways.push(anyText.filter((text) => !fitsText(schema, text)))
  return ways.length === 0 ? undefined : fc.oneof(...ways)
}

const whole = (value: number): string[] =>
  Math.abs(value) < 1e6 ? [String(value), `${value}.0`, `${value}e0`, `${value}0e-1`] : [String(value)]

/** JSON for whole numbers that match the schema, in every spelling. */
export function validInteger({ minimum = -1e15, maximum = 1e15 }: Schema): fc.Arbitrary<string> {
  const value = fc.oneof(fc.integer({ min: minimum, max: maximum }), fc.constantFrom(minimum, maximum))
  return value.chain((found) => fc.constantFrom(...whole(found)))
}

/** JSON for numbers that do not match the schema. */
export function brokenInteger({ minimum, maximum }: Schema): fc.Arbitrary<string> {
  const fraction = fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter((value) => !Number.isInteger(value))
  return fc.oneof(
    fraction.map((value) => JSON.stringify(value)),
    fc.constantFrom('1e300', '-1e300', '1e999', '-1e999', '-0.5', '9007199254740993'.repeat(10)),
    ...(minimum === undefined ? [] : [fc.integer({ max: minimum - 1, min: minimum - 1e9 }).map(String)]),
    ...(maximum === undefined ? [] : [fc.integer({ min: maximum + 1, max: maximum + 1e9 }).map(String)]),
  )
}

const deep = fc
  .integer({ min: 1, max: 3000 })
  .chain((levels) =>
    fc.constantFrom(
      `${'['.repeat(levels)}${']'.repeat(levels)}`,
      `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`,
    ),
  )

/** JSON of every type except this one. */
export function otherType(type: string): fc.Arbitrary<string> {
  const ofType: Record<string, fc.Arbitrary<string>> = {
    null: fc.constant('null'),
    boolean: fc.constantFrom('true', 'false'),
    integer: fc
      .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
      .map((value) => JSON.stringify(value)),
    string: fc.oneof(anyText, fc.integer().map(String)).map((text) => JSON.stringify(text)),
    array: fc.oneof(fc.constantFrom('[]', '["a@x.co"]', '[null]', '[[]]'), deep),
    object: fc.constantFrom(
      '{}',
      '{"address":"a@x.co"}',
      '{"toString":1}',
      '{"__proto__":{}}',
      '{"length":3}',
    ),
  }
  return fc.oneof(...Object.entries(ofType).flatMap(([name, made]) => (name === type ? [] : [made])))
}

/** Any JSON, as text. */
export const anyJson: fc.Arbitrary<string> = fc.oneof(
  otherType('none'),
  fc.json({ stringUnit: 'binary', maxDepth: 3 }),
)
