import fc from 'fast-check'
import { anyText, brokenText, fitsText, type Schema, validText } from './arbitraries.ts'
import { type Node, type OperationId, operationNode, resolve } from './contract.ts'
import { bodies, type MadeRequest } from './hostile-bodies.ts'
import { inWords } from './hostile-fields.ts'

interface Parameter extends Node {
  name: string
  in: string
  required?: boolean
  schema: Schema & Node
}

const encoded = (text: string) => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))
// What a header can carry. It arrives without white space around it.
const isHeaderText = (text: string) => /^[\t\x20-\x7e\x80-\xff]*$/.test(text) && text === text.trim()
const headerText = fc.oneof(
  fc.string({
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .filter((byte) => byte !== 0x7f)
      .map((byte) => String.fromCharCode(byte)),
    maxLength: 400,
  }),
  anyText,
)

/** Texts for a parameter: some match its schema, the others break it. */
function parameterTexts({ name, in: place, schema }: Parameter) {
  const isHeader = place === 'header'
  const travels = (made: fc.Arbitrary<string>) => (isHeader ? made.filter(isHeaderText) : made)
  if (schema.type === 'integer') {
    const { minimum = 0 } = schema
    return {
      valid: fc.oneof(
        fc.integer({ min: minimum, max: 1_000_000 }).map(String),
        fc.integer({ min: 1, max: 280 }).map((digits) => '9'.repeat(digits)),
      ),
      broken: travels(
        fc
          .oneof(anyText, fc.double().map(String), fc.integer({ max: minimum - 1, min: -1e9 }).map(String))
          .filter((text) => !/^-?\d{1,300}$/.test(text) || Number(text) < minimum),
      ),
    }
  }
  const valid = inWords(name, schema)?.valid ?? validText(schema)
  const broken = inWords(name, schema)?.broken ?? brokenText(schema) ?? fc.constant('')
  return {
    valid: travels(
      isHeader
        ? fc.oneof(
            valid,
            headerText.filter((text) => fitsText(schema, text)),
          )
        : valid,
    ),
    broken: travels(
      isHeader ? fc.oneof(broken, headerText).filter((text) => !fitsText(schema, text)) : broken,
    ),
  }
}

/** Adds the operation's parameters to the query and headers, either all valid or one of them broken. */
function withParameters(parameters: Parameter[], base: fc.Arbitrary<MadeRequest>): fc.Arbitrary<MadeRequest> {
  const put = (request: MadeRequest, { name, in: place }: Parameter, text: string): MadeRequest =>
    place === 'query'
      ? { ...request, query: `${request.query}${request.query && '&'}${name}=${encoded(text)}` }
      : { ...request, headers: { ...request.headers, [name]: text } }
  const given = parameters.reduce<fc.Arbitrary<MadeRequest>>(
    (made, parameter) =>
      fc
        .tuple(
          made,
          fc.option(parameterTexts(parameter).valid, { nil: undefined, freq: parameter.required ? 1e6 : 2 }),
        )
        .map(([request, text]) => (text === undefined ? request : put(request, parameter, text))),
    base,
  )
  const valid = given.filter(({ refusal }) => refusal === undefined)
  const plain = base.filter(({ refusal }) => refusal === undefined)
  const broken: fc.Arbitrary<MadeRequest>[] = parameters.map((parameter) => {
    return fc.tuple(plain, parameterTexts(parameter).broken).map(([request, text]) => ({
      ...put(request, parameter, text),
      made: `${parameter.name} out of form`,
      refusal: 400 as const,
    }))
  })
  const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name)
  const unknown = fc
    .oneof(
      anyText,
      fc.constantFrom(
        '__proto__',
        'constructor',
        'limit[]',
        'cursor[0]',
        'LIMIT',
        'page',
        'toString',
        ...names.map((name) => `${name} `),
      ),
    )
    .filter((name) => name !== '' && !names.includes(name))
  broken.push(
    fc.tuple(valid, unknown, anyText).map(([request, name, text]) => ({
      ...request,
      made: 'an unknown parameter',
      refusal: 400 as const,
      query: `${request.query}${request.query && '&'}${encoded(name)}=${encoded(text)}`,
    })),
  )
  for (const parameter of parameters.filter((found) => found.in === 'query')) {
    broken.push(
      fc.tuple(plain, parameterTexts(parameter).valid).map(([request, text]) => ({
        ...put(put(request, parameter, text), parameter, text),
        made: `${parameter.name} given twice`,
        refusal: 400 as const,
      })),
    )
  }
  return fc.oneof(
    { weight: 4 * broken.length, arbitrary: given },
    ...broken.map((arbitrary) => ({ weight: 1, arbitrary })),
  )
}

/** Requests to an operation: valid ones, and ones that break its contract in exactly one place. */
export function requestsTo(id: OperationId): fc.Arbitrary<MadeRequest> {
  const { requestBody, parameters = [] } = operationNode(id) as { requestBody?: Node; parameters?: Node[] }
  const content = resolve(requestBody)['content'] as { 'application/json': { schema: Node } } | undefined
  const whole = content && (resolve(content['application/json'].schema) as Schema)
  const properties = Object.entries(whole?.properties ?? {}).map(([name, schema]) => [
    name,
    resolve(schema as Node),
  ])
  const base =
    whole === undefined
      ? fc.constant<MadeRequest>({
          made: 'valid',
          refusal: undefined,
          query: '',
          headers: {},
          body: undefined,
        })
      : bodies({ ...whole, properties: Object.fromEntries(properties) as Record<string, Schema> })
  const found = (parameters as Node[]).map((parameter) => resolve(parameter) as Parameter)
  return withParameters(
    found.map((parameter) => ({ ...parameter, schema: resolve(parameter.schema) as Schema & Node })),
    base,
  )
}
