import { describe, expect, it } from 'vitest'
import { factsOf, type OperationId } from './contract.ts'
import type { TestServer } from './server.ts'
import { authorizedRequest, json, validBody } from './valid-requests.ts'

/** 400, 413 and 415 for a bad request body, in any operation. */
export function refusesBadBodies(server: TestServer, id: OperationId): void {
  const send = async (body: string | Uint8Array, headers: Record<string, string> = json) => {
    const request = await authorizedRequest(server, id)
    const { Authorization = '' } = request.headers ?? {}
    return server.raw(id, { body, headers: { Authorization, ...headers } })
  }

  describe('400 VALIDATION_FAILED for a body that cannot be read', () => {
    const deep = `{"email":${'['.repeat(8000)}${']'.repeat(8000)}}`
    it.each([
      ['no body', '', '', 'is empty, but must be a JSON object'],
      ['broken JSON', '{"email": "a@x.co",}', '', 'is not valid JSON at position 19'],
      ['an array', '[]', '', 'must be a JSON object'],
      ['null', 'null', '', 'must be a JSON object'],
      ['a number', '5', '', 'must be a JSON object'],
      ['JSON inside a string', '"{\\"email\\":\\"a@x.co\\"}"', '', 'must be a JSON object'],
      ['bytes that are not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), '', 'is not valid UTF-8'],
      ['a name given twice', '{"email":"a@x.co","email":"b@x.co"}', '/email', 'is given more than once'],
      [
        'a name given twice, once escaped',
        '{"email":"a@x.co","\\u0065mail":"b@x.co"}',
        '/email',
        'is given more than once',
      ],
      ['nesting that is too deep', deep, '', 'is nested deeper than 32 levels'],
    ])('refuses %s and names the place', async (_case, body, path, message) => {
      const answer = await send(body)
      expect(answer.status).toBe(400)
      expect(answer.body.error).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ path, message }] })
    })

    it.each(['__proto__', 'constructor', 'unknown', 'a/b~c'])(
      'refuses the unknown field %s by name',
      async (name) => {
        const fields = JSON.parse(validBody(id) ?? '{}') as object
        const answer = await send(`${JSON.stringify(fields).slice(0, -1)},${JSON.stringify(name)}:{}}`)
        expect(answer.status).toBe(400)
        expect(answer.body.error).toMatchObject({
          code: 'VALIDATION_FAILED',
          details: [
            {
              path: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
              message: 'is not a field of this request',
            },
          ],
        })
      },
    )
  })

  describe('413 PAYLOAD_TOO_LARGE', () => {
    it('refuses a body over 16 KiB, with and without a Content-Length', async () => {
      const body = JSON.stringify({ email: 'x'.repeat(16 * 1024) })
      expect((await send(body)).body.error).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })

      const request = await authorizedRequest(server, id)
      const response = await fetch(server.directUrl + factsOf(id).path, {
        method: 'POST',
        headers: request.headers ?? {},
        body: new Blob([body]).stream(),
        duplex: 'half',
      } as RequestInit)
      expect(response.status).toBe(413)
    })

    it('reads a body of exactly 16 KiB', async () => {
      const fields = validBody(id) ?? ''
      expect((await send(fields.padEnd(16 * 1024, ' '))).status).not.toBe(413)
    })
  })

  describe('415 UNSUPPORTED_MEDIA_TYPE', () => {
    it.each([
      ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
      ['plain text', { 'Content-Type': 'text/plain' }],
      ['another JSON media type', { 'Content-Type': 'application/vnd.api+json' }],
      ['JSON in another charset', { 'Content-Type': 'application/json; charset=utf-16' }],
      ['compressed JSON', { ...json, 'Content-Encoding': 'gzip' }],
    ])('refuses %s', async (_case, headers) => {
      const answer = await send(validBody(id) ?? '', headers)
      expect(answer.status).toBe(415)
      expect(answer.body.error).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' })
    })

    it('accepts JSON with a UTF-8 charset parameter', async () => {
      expect(
        (await send(validBody(id) ?? '', { 'Content-Type': 'Application/JSON; charset=UTF-8' })).status,
      ).not.toBe(415)
    })
  })
}
