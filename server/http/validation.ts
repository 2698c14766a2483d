import type { ErrorObject } from 'ajv'
import { distance } from 'fastest-levenshtein'
import { usualSpelling } from '../address.ts'
import { OtpError } from '../errors.ts'
import type { ErrorDetail } from '../generated/contract.ts'
import { pointer } from './input.ts'

// Says what is wrong with a request, in words for the person who wrote it.

// More than a person reads at once. A request may have errors in thousands of places.
const mostDetails = 20

/** Turns schema errors into one entry for each place. Keeps only the first `mostDetails` places. */
export function validationFailed(errors: readonly ErrorObject[]): OtpError {
  const details = new Map<string, ErrorDetail>()
  for (const error of errors) {
    const path = placeOf(error)
    if (details.size === mostDetails && !details.has(path)) continue
    // A format error says more than a pattern error for the same text. The patterns are there for simpler tools.
    if (!details.has(path) || error.keyword === 'format') details.set(path, { path, message: inWords(error) })
  }
  return new OtpError('VALIDATION_FAILED', { details: [...details.values()] })
}

function placeOf({ instancePath, params }: ErrorObject): string {
  const place = instancePath.replace(/^\/(?:requestBody|query|header)(?=\/|$)/, '')
  const name: unknown = params['missingProperty'] ?? params['additionalProperty']
  return typeof name === 'string' && name !== 'requestBody' ? place + pointer([name]) : place
}

interface Rule {
  type?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  properties?: Record<string, unknown>
}

// Covers the keywords that the contract uses in requests. A test sends a request that breaks each of them.
function inWords({ keyword, params, parentSchema, data, instancePath }: ErrorObject): string {
  const rule = (parentSchema ?? {}) as Rule
  switch (keyword) {
    case 'required':
      return 'is required'
    case 'additionalProperties':
      return `is not a field of this request${suggestion(String(params['additionalProperty']), rule)}`
    case 'format':
      return params['format'] === 'idn-email' ? notAnAddress(data) : 'must be a URL'
    case 'type':
    case 'minimum':
    case 'maximum':
    case 'minLength':
    case 'maxLength':
      return wanted(rule, instancePath)
    default:
      return 'has characters that are not allowed here'
  }
}

/** Such as `must be a whole number from 60 to 3600 seconds`. The unit comes from the name, as in `expiresInSeconds`. */
function wanted({ type, minimum, maximum, minLength, maxLength }: Rule, path: string): string {
  switch (type) {
    case 'integer':
      return `must be a whole number${range('from', minimum, maximum)}${path.endsWith('Seconds') ? ' seconds' : ''}`
    case 'string':
      return minLength === undefined && maxLength === undefined
        ? 'must be a string'
        : `must be a string${range('of', minLength, maxLength)} characters`
    default:
      return 'must be a JSON object'
  }
}

function range(before: 'from' | 'of', least: number | undefined, most: number | undefined): string {
  if (least === undefined) return most === undefined ? '' : ` of at most ${most}`
  return most === undefined ? ` of at least ${least}` : ` ${before} ${least} to ${most}`
}

// A name with up to this many wrong letters still counts as a misspelling of another one.
const furthest = 3
// Longer than any field name. Longer names are not compared, because comparing takes quadratic time.
const longestName = 40

/** Returns `: did you mean expiresInSeconds?` if the name is close enough to a known one. */
function suggestion(name: string, { properties = {} }: Rule): string {
  if (name.length > longestName) return ''
  const plain = name.toLowerCase().replaceAll(/[_-]/g, '')
  const [nearest] = Object.keys(properties)
    .map((known) => ({ known, far: distance(plain, known.toLowerCase()) }))
    .filter(
      ({ known, far }) => far <= Math.min(furthest, Math.ceil(known.length / 3)) || startsAs(plain, known),
    )
    .sort((a, b) => a.far - b.far)
  return nearest ? `: did you mean ${nearest.known}?` : ''
}

/** True for a name that leaves out a word, such as `expiresIn` or `digits`. */
function startsAs(plain: string, known: string): boolean {
  const whole = known.toLowerCase()
  return plain.length >= 4 && (whole.startsWith(plain) || whole.endsWith(plain))
}

function notAnAddress(data: unknown): string {
  const usual = usualSpelling(String(data))
  return usual === undefined
    ? 'must be exactly one email address'
    : `must use the usual spelling of its domain, ${usual}`
}
