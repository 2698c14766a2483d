import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { contractFile } from '../support/contract.ts'

// These tests ask the TypeScript language service what an editor shows for the packaged declarations.

interface Schema {
  $ref?: string
  type?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  default?: unknown
  allOf?: Schema[]
  properties?: Record<string, Schema>
}

const schemas = (
  parse(readFileSync(contractFile, 'utf8')) as { components: { schemas: Record<string, Schema> } }
).components.schemas
const resolve = (schema: Schema): Schema =>
  schema.$ref ? resolve(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema
const propertiesOf = (schema: Schema): [string, Schema][] => {
  const { allOf = [], properties = {} } = resolve(schema)
  return [...allOf.flatMap(propertiesOf), ...Object.entries(properties)]
}

/** All request bodies and all results of the methods. */
const shown = [
  ...[
    'SendInstantOtpBody',
    'SendBackendOtpBody',
    'SendEmailVerificationBody',
    'VerifyBody',
    'CancelBody',
    'EraseBody',
  ],
  ...[
    'SentOtp',
    'SentEmailVerification',
    'VerifyResult',
    'VerificationPage',
    'Verification',
    'SessionDetails',
  ],
  ...['SessionEvent', 'CanceledSession', 'Erasure', 'ErrorDetail'],
]
const fields = shown.flatMap((name) =>
  propertiesOf(schemas[name] ?? {}).map(([field, schema]) => ({ name, field, schema })),
)

const file = fileURLToPath(new URL('hovered.ts', import.meta.url))
const lines = [
  "import type * as client from '@risumail-otp/client'",
  "import { createClient } from '@risumail-otp/client'",
  ...fields.map(({ name, field }, n) => `export const field${n} = (value: client.${name}) => value.${field}`),
  "const otp = createClient({ baseUrl: '', token: '' })",
  "export const call = otp.sendInstantOtp({ email: '', expiresInSeconds: 60 }).then((sent) => sent.expiresAt)",
]
const source = lines.join('\n')

let service: ts.LanguageService
beforeAll(() => {
  const options: ts.CompilerOptions = {
    ...{ strict: true, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
    ...{ target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], types: [] },
  }
  service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => {
      const text = path === file ? source : ts.sys.readFile(path)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => fileURLToPath(new URL('../../', import.meta.url)),
    getDefaultLibFileName: (wanted) => ts.getDefaultLibFilePath(wanted),
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    readFile: (path) => (path === file ? source : ts.sys.readFile(path)),
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  })
  expect(service.getSemanticDiagnostics(file).map(({ messageText }) => messageText)).toEqual([])
}, 60_000)

/** Returns the text that an editor shows for the last name in `text`, at its place in the file. */
function hoverOf(text: string): string {
  const at = source.indexOf(text)
  expect(at, text).toBeGreaterThanOrEqual(0)
  const info = service.getQuickInfoAtPosition(file, at + text.length - 1)
  const tags = (info?.tags ?? []).map(({ name, text: parts }) => `@${name} ${ts.displayPartsToString(parts)}`)
  return [ts.displayPartsToString(info?.documentation), ...tags].join('\n')
}

describe('an editor', () => {
  it.each(fields.map((each, n) => ({ ...each, n })))(
    'shows the meaning, range and default of $name · $field',
    ({ name, field, schema, n }) => {
      const shownText = hoverOf(`const field${n} = (value: client.${name}) => value.${field}`)
      const { type, minimum, maximum, minLength, maxLength, default: byDefault } = resolve(schema)
      expect(shownText.length, 'the meaning').toBeGreaterThan(15)
      const bounds = type === 'string' ? [minLength, maxLength] : [minimum, maximum]
      for (const bound of bounds)
        if (bound !== undefined && field !== 'attemptsLeft') expect(shownText).toContain(String(bound))
      if (byDefault !== undefined) expect(shownText).toContain(`Default ${byDefault}`)
    },
  )

  it('shows these texts where a body is written and where a result is read', () => {
    expect(hoverOf("otp.sendInstantOtp({ email: '', expiresInSeconds")).toContain(
      'From 60 to 3600. Default 600.',
    )
    expect(hoverOf('(sent) => sent.expiresAt')).toContain('When the code expires.')
    expect(hoverOf('call = otp.sendInstantOtp')).toContain('Send an instant code.')
  })
})
