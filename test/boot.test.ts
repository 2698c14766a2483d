import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createApi } from '../server/http/api.ts'
import type { Handlers } from '../server/http/types.ts'
import { operationFacts } from './support/contract.ts'

const contract = readFileSync(new URL('../openapi/openapi.yaml', import.meta.url), 'utf8')
const unreached = async () => Promise.reject(new Error('no request is made here'))
const handlers = Object.fromEntries(operationFacts.map(({ id }) => [id, unreached])) as unknown as Handlers
const security = { serverKey: unreached, publicToken: unreached, analyticsSecret: unreached } as never

const bootWith = (change: (text: string) => string, given: object = handlers) =>
  createApi(parse(change(contract)), given as Handlers, security)

describe('the start of the server', () => {
  it('succeeds with the contract as it is', async () => {
    await expect(bootWith((text) => text)).resolves.toBeDefined()
  })

  it('fails when an operation has no handler', async () => {
    const { sendBackendOtp: _, ...others } = handlers
    await expect(bootWith((text) => text, others)).rejects.toThrow('sendBackendOtp has no handler')
  })

  it.each([
    [
      'no security',
      (text: string) => text.replace(/ {6}security:\n {8}- serverKey: \[server_otp\]\n(?! {8}-)/, ''),
    ],
    [
      'an empty security',
      (text: string) =>
        text.replace(/security:\n {8}- serverKey: \[server_otp\]\n(?! {8}-)/, 'security: []\n'),
    ],
    [
      'an alternative without a credential',
      (text: string) => text.replace('- serverKey: [server_otp]', '- serverKey: [server_otp]\n        - {}'),
    ],
    [
      'a security scheme that the server does not check',
      (text: string) => text.replace('- serverKey: [server_otp]', '- somebodyElse: []'),
    ],
  ])('fails when an operation has %s', async (_case, change) => {
    expect(change(contract)).not.toBe(contract)
    await expect(bootWith(change)).rejects.toThrow('could be called without a credential')
  })
})

describe('the tests', () => {
  it('have one file for every operation', () => {
    const files = readdirSync(new URL('operations', import.meta.url))
    const kebab = (id: string) => id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    expect(files.sort()).toEqual(operationFacts.map(({ id }) => `${kebab(id)}.test.ts`).sort())
  })
})
