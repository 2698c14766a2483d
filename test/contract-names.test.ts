import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { contractFile, operationFacts } from './support/contract.ts'

describe('the named parts of the contract, for code generators', () => {
  interface Named {
    $ref?: string
    description?: string
    required?: string[]
    properties?: Record<string, Named>
    allOf?: Named[]
    anyOf?: Named[]
  }
  interface Contract {
    paths: Record<string, Record<string, { operationId: string }>>
    components: {
      schemas: Record<string, Named>
      responses: Record<string, { content?: Record<string, { schema: Named }> }>
    }
  }
  const contract = parse(readFileSync(contractFile, 'utf8')) as Contract
  const schemas = Object.entries(contract.components.schemas)
  const names = schemas.map(([name]) => name)
  const capital = (text: string) => text[0]?.toUpperCase() + text.slice(1)

  it('have names that clash with no built-in, and with no name that a generator derives from an operation', () => {
    const globals = [
      'Error',
      'Object',
      'Array',
      'String',
      'Number',
      'Date',
      'Promise',
      'Response',
      'Request',
      'Event',
    ]
    const ofOperations = operationFacts.flatMap(({ id }) =>
      ['Request', 'Response'].map((end) => capital(id) + end),
    )
    expect(names.filter((name) => [...globals, ...ofOperations].includes(name))).toEqual([])
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
  })

  it('include every body, every result and one error body', () => {
    const envelopes = schemas.filter(
      ([, { properties = {} }]) => properties['success'] || properties['event_id'],
    )
    expect(envelopes.length).toBeGreaterThan(10)
    for (const [name, { properties = {} }] of envelopes)
      expect((properties['data'] ?? properties['error'])?.$ref, name).toMatch(/^#\/components\/schemas\/\w+$/)
    expect(envelopes.filter(([, { properties = {} }]) => properties['error']).map(([name]) => name)).toEqual([
      'ErrorResponse',
    ])
  })

  it('describe every property in place', () => {
    const properties = (schema: Named): [string, Named][] => [
      ...Object.entries(schema.properties ?? {}),
      ...(schema.allOf ?? []).flatMap(properties),
    ]
    for (const [name, schema] of schemas)
      for (const [property, { description = '' }] of properties(schema))
        expect(description.length, `${name}.${property}`).toBeGreaterThan(10)
  })

  it('restrict the code of every error, and require it', () => {
    const errors = Object.entries(contract.components.responses).flatMap(([name, { content }]) => {
      const schema = content?.['application/json']?.schema
      return schema?.allOf ? [[name, schema] as const] : []
    })
    expect(errors.length).toBeGreaterThan(20)
    for (const [name, { allOf: [base, narrowing] = [] }] of errors) {
      expect(base?.$ref, name).toBe('#/components/schemas/ErrorResponse')
      for (const { properties } of narrowing?.anyOf ?? [narrowing as Named]) {
        const [, error] = properties?.['error']?.allOf ?? []
        expect(error?.required, name).toContain('code')
        expect(error?.properties?.['code'], name).toBeDefined()
      }
    }
  })
})
