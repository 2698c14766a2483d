import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readChapters } from '../../scripts/docs/prose.ts'
import { useServer } from '../support/server.ts'

const contractFile = new URL('../../openapi/openapi.yaml', import.meta.url)
const contract = await readFile(contractFile, 'utf8')

describe('the docs that the server serves', () => {
  const server = useServer()
  const get = (path: string, options: RequestInit = {}) =>
    fetch(server.directUrl + path, { redirect: 'manual', ...options })

  it('are at /docs, with a relative redirect, so a proxy can serve them below a path', async () => {
    const redirect = await get('/docs')
    expect([redirect.status, redirect.headers.get('location')]).toEqual([301, 'docs/'])
    const page = await get('/docs/')
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toMatch(/^text\/html/)
    expect(page.headers.get('content-security-policy')).toBe("frame-ancestors 'none'")
    expect(await page.text()).toContain('<title>RisuMail OTP API')
  })

  it('include the contract as written and as JSON, at the root and beside the page', async () => {
    for (const base of ['', '/docs']) {
      expect(await (await get(`${base}/openapi.yaml`)).text()).toBe(contract)
      expect(await (await get(`${base}/openapi.json`)).json()).toEqual(parse(contract))
    }
  })

  it('include every chapter as Markdown, and llms.txt names each of them', async () => {
    const index = await (await get('/llms.txt')).text()
    const chapters = await readChapters(contractFile)
    expect(chapters.length).toBeGreaterThan(10)
    for (const { file } of chapters) {
      expect(index).toContain(`](${file})`)
      const chapter = await get(`/docs/${file}`)
      expect(chapter.headers.get('content-type')).toBe('text/plain; charset=utf-8')
      expect(await chapter.text()).toMatch(/^# .+\n/)
      expect(await (await get(`/docs/${file}`)).text()).not.toContain('<!-- table:')
    }
  })

  it('are compressed, and not sent again while unchanged', async () => {
    const page = await get('/docs/', { headers: { 'Accept-Encoding': 'gzip' } })
    expect(page.headers.get('content-encoding')).toBe('gzip')
    const again = await get('/docs/', { headers: { 'If-None-Match': page.headers.get('etag') ?? '' } })
    expect(again.status).toBe(304)
  })

  it.each([
    '/docs/nothing',
    '/docs/../package.json',
    '/docs/%2e%2e/server/main.js',
    '/docs/%',
    '/docs/bruno/',
    '/docs//etc/passwd',
  ])('contain only their own files: %s', async (path) => {
    const answer = await get(path)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ error: { code: 'NOT_FOUND' } })
  })

  it.each(['POST', 'PUT', 'DELETE'])('are read-only: %s', async (method) => {
    expect((await get('/docs/', { method })).status).toBe(404)
  })
})

describe('a server with SERVE_DOCS=false', () => {
  const server = useServer({ environment: { SERVE_DOCS: 'false' } })

  it.each(['/docs', '/docs/', '/openapi.yaml', '/openapi.json', '/llms.txt'])(
    'serves nothing at %s',
    async (path) => {
      expect((await fetch(server.directUrl + path)).status).toBe(404)
    },
  )
})
