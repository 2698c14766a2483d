import type { OutgoingHttpHeaders } from 'node:http'
import fc from 'fast-check'
import { anyJson, anyText, otherType, type Schema } from './arbitraries.ts'
import { brokenValue, validValue } from './hostile-fields.ts'

/** A request without its credential. How it was made determines what must happen to it. */
export interface MadeRequest {
  /** How the request was broken; `valid` if it was not. */
  made: string
  /** The status of the refusal. Undefined if the request must not be refused. */
  refusal: 400 | 413 | 415 | undefined
  query: string
  headers: OutgoingHttpHeaders
  body: string | Uint8Array | undefined
  /** The recipient, if the request is valid. */
  email?: string | undefined
}

type Members = [name: string, json: string][]

/** Returns a valid request with a different text in one field. The rest stays as it was written. */
export function withText(request: MadeRequest, name: string, text: string): MadeRequest {
  const field = new RegExp(`("${name}"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`)
  const body = String(request.body).replace(field, (_all, start: string) => start + JSON.stringify(text))
  return { ...request, body }
}

/** The limit for a request body, from the contract's description. */
const maxBytes = 16 * 1024
const json = { 'Content-Type': 'application/json' }
const space = fc.constantFrom('', '', '', ' ', '\n', '\r\n\t  ')
const textOf = (members: Members, gap = '') =>
  `{${gap}${members.map(([name, value]) => `${JSON.stringify(name)}${gap}:${gap}${value}`).join(`${gap},${gap}`)}${gap}}`
const escaped = (name: string) => `"\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}"`

/** Requests with a body: valid ones, and ones that break the contract in one place. */
export function bodies(schema: Schema): fc.Arbitrary<MadeRequest> {
  const { properties = {}, required = [] } = schema
  const names = Object.keys(properties)
  const members = fc
    .tuple(
      fc.record(Object.fromEntries(names.map((name) => [name, validValue(name, properties[name] ?? {})])), {
        requiredKeys: required,
      }),
      fc.shuffledSubarray(names, { minLength: names.length }),
    )
    .map(([record, order]) =>
      order.flatMap((name): Members => (record[name] === undefined ? [] : [[name, record[name]]])),
    )
  const asRequest = (
    made: string,
    refusal: MadeRequest['refusal'],
    body: string | Uint8Array,
    headers: OutgoingHttpHeaders = json,
  ): MadeRequest => {
    const isTooMuch = Buffer.byteLength(body) > maxBytes
    return { made, refusal: isTooMuch && refusal !== 415 ? 413 : refusal, query: '', headers, body }
  }

  const valid = fc.tuple(members, space).map(([found, gap]): MadeRequest => {
    const email = found.find(([name]) => name === 'email')?.[1]
    return {
      ...asRequest('valid', undefined, textOf(found, gap)),
      email: email && (JSON.parse(email) as string),
    }
  })
  const without = (found: Members, name: string) => found.filter(([other]) => other !== name)
  const unknown = fc
    .oneof(
      anyText,
      fc.constantFrom(
        '__proto__',
        'constructor',
        'prototype',
        'hasOwnProperty',
        '',
        'Email',
        'email ',
        'EMAIL',
        'to',
        'bcc',
        'requestBody',
        'length',
      ),
    )
    .filter((name) => !names.includes(name))
  const oneField = fc
    .tuple(members, fc.constantFrom(...names))
    .chain(([found, name]) =>
      brokenValue(name, properties[name] ?? {}).map(([way, value]) =>
        asRequest(way, 400, textOf([...without(found, name), [name, value]])),
      ),
    )
  const broken: fc.Arbitrary<MadeRequest>[] = [
    fc
      .tuple(members, fc.constantFrom(...required))
      .map(([found, name]) => asRequest(`no ${name}`, 400, textOf(without(found, name)))),
    fc
      .tuple(members, unknown, anyJson, fc.nat())
      .map(([found, name, value, place]) =>
        asRequest(
          'an unknown field',
          400,
          textOf(found.toSpliced(place % (found.length + 1), 0, [name, value])),
        ),
      ),
    fc.tuple(members, fc.nat(), fc.boolean()).map(([found, place, isEscaped]) => {
      const [name, value] = found[place % found.length] ?? ['', '']
      return asRequest(
        'a name given twice',
        400,
        `${textOf(found).slice(0, -1)},${isEscaped ? escaped(name) : JSON.stringify(name)}:${value}}`,
      )
    }),
    fc
      .tuple(members, fc.nat())
      .map(([found, place]) =>
        asRequest('JSON that ends early', 400, textOf(found).slice(0, place % textOf(found).length)),
      ),
    fc
      .tuple(members, fc.constantFrom(',', '}', ']', '{}', 'x', '\0', '\u00a0', '//', '/**/', ';', '\u2028'))
      .map(([found, more]) => asRequest('JSON with more behind it', 400, textOf(found) + more)),
    fc
      .tuple(members, fc.constantFrom("'", '`', '“'))
      .map(([found, quote]) => asRequest('other quotes', 400, textOf(found).replaceAll('"', quote))),
    members.map((found) => asRequest('a comma too many', 400, `${textOf(found).slice(0, -1)},}`)),
    fc
      .tuple(members, fc.constantFrom(0xff, 0xc0, 0x80, 0xed, 0xf8))
      .map(([found, byte]) =>
        asRequest(
          'bytes that are not UTF-8',
          400,
          Buffer.concat([Buffer.from(textOf(found).slice(0, -1)), Buffer.from([byte]), Buffer.from('}')]),
        ),
      ),
    members.map((found) => asRequest('UTF-16', 400, Buffer.from(textOf(found), 'utf16le'))),
    otherType('object').map((text) => asRequest('JSON that is no object', 400, text)),
    members.map((found) => asRequest('an object in a list', 400, `[${textOf(found)}]`)),
    members.map((found) => asRequest('JSON in a text', 400, JSON.stringify(textOf(found)))),
    space.map((text) => asRequest('nothing', 400, text)),
    fc
      .tuple(members, fc.integer({ min: 0, max: 3000 }))
      .map(([found, more]) => asRequest('too much', 413, textOf(found).padEnd(maxBytes + 1 + more, ' '))),
    fc
      .tuple(
        members,
        fc.constantFrom(
          '',
          'text/plain',
          'application/jsonp',
          'application/json5',
          'application/vnd.api+json',
          'text/json',
          'application',
          'json',
          '*/*',
          'application/json, text/plain',
          'multipart/form-data; boundary=x',
          'application/x-www-form-urlencoded',
          'application/json; charset=utf-16',
          'application/json; charset=latin1',
        ),
      )
      .map(([found, type]) => asRequest('another type', 415, textOf(found), { 'Content-Type': type })),
    fc
      .tuple(members, fc.constantFrom('gzip', 'br', 'deflate', 'x', 'identity, gzip'))
      .map(([found, encoding]) =>
        asRequest('compressed', 415, textOf(found), { ...json, 'Content-Encoding': encoding }),
      ),
  ]
  return fc.oneof(
    { weight: broken.length, arbitrary: valid },
    { weight: broken.length, arbitrary: oneField },
    ...broken.map((arbitrary) => ({ weight: 1, arbitrary })),
  )
}
