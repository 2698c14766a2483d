import { visit } from 'jsonc-parser'
import { invalidRequest, OtpError } from '../errors.ts'
import { withoutCredentials } from '../log.ts'
import { readBody } from '../read-body.ts'
import type { HttpContext } from './types.ts'

const maxDepth = 32

/**
 * Reads the body as one JSON object.
 * @throws {OtpError} UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, or VALIDATION_FAILED, which names the place
 */
export async function readJsonObject(context: HttpContext): Promise<object> {
  const body = await readBody(context, 'application/json')
  if ('text' in body) return parseJsonObject(body.text)
  switch (body.problem) {
    case 'wrongType':
      throw new OtpError('UNSUPPORTED_MEDIA_TYPE')
    case 'tooLarge':
      throw new OtpError('PAYLOAD_TOO_LARGE')
    case 'incomplete':
      throw invalidRequest('', 'ended before it was complete')
    case 'notUtf8':
      throw invalidRequest('', 'is not valid UTF-8')
  }
}

function parseJsonObject(text: string): object {
  if (text.trim() === '') throw invalidRequest('', 'is empty, but must be a JSON object')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const position = /position (\d+)/.exec((error as Error).message)?.[1]
    throw invalidRequest(
      '',
      position === undefined ? 'is not valid JSON' : `is not valid JSON at position ${position}`,
    )
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidRequest('', 'must be a JSON object')
  }
  if (mayBeAmbiguous(text, value)) refuseAmbiguity(text)
  return value
}

/**
 * Returns false only if no name can appear twice. Every member of an object has a colon. If the text has no more colons
 * than the parsed object has names, no name was lost. This saves nearly every request a second parse.
 */
function mayBeAmbiguous(text: string, value: object): boolean {
  const members = Object.values(value)
  const isFlat = members.every((member) => typeof member !== 'object' || member === null)
  return !isFlat || text.split(':').length - 1 !== members.length
}

/** Refuses a repeated name. JSON.parse keeps the last one; another parser may keep the first (RFC 8259, section 4). */
function refuseAmbiguity(text: string): void {
  const names: Set<string>[] = []
  const enter = () => {
    names.push(new Set())
    if (names.length > maxDepth) throw invalidRequest('', `is nested deeper than ${maxDepth} levels`)
  }
  const leave = () => {
    names.pop()
  }
  visit(text, {
    onObjectBegin: enter,
    onArrayBegin: enter,
    onObjectEnd: leave,
    onArrayEnd: leave,
    onObjectProperty: (name, _offset, _length, _line, _column, pathSupplier) => {
      const seen = names.at(-1)
      if (seen?.has(name)) throw invalidRequest(pointer([...pathSupplier(), name]), 'is given more than once')
      seen?.add(name)
    },
  })
}

/** Returns a JSON Pointer (RFC 6901). Masks a credential that was sent as a name. */
export function pointer(path: readonly (string | number)[]): string {
  const names = path.map((key) => withoutCredentials(shortened(String(key))))
  return names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

// A caller may send a name as long as the whole body.
const longestName = 100

function shortened(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name
}

export interface QueryParameter {
  name: string
  in: string
  schema?: { type?: unknown }
}

/** Reads a query string. @throws {OtpError} VALIDATION_FAILED if a parameter is given twice */
export type QueryReader = (querystring: string) => Record<string, unknown>

/**
 * Returns a reader for the query of an operation. Whole numbers become numbers where the contract wants integers. The
 * schema checks the rest. Koa's own reader is not used: it takes quadratic time if a parameter is repeated many times.
 */
export function queryReader(parameters: readonly QueryParameter[]): QueryReader {
  const integers = new Set(
    parameters.filter(({ schema }) => schema?.type === 'integer').map(({ name }) => name),
  )
  return (querystring) => {
    if (querystring === '') return {}
    const query = new Map<string, unknown>()
    for (const [name, value] of new URLSearchParams(querystring)) {
      if (query.has(name)) throw invalidRequest(pointer([name]), 'is given more than once')
      query.set(name, integers.has(name) && /^-?\d{1,300}$/.test(value) ? Number(value) : value)
    }
    return Object.fromEntries(query)
  }
}
