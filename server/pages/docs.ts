import { existsSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import Router from '@koa/router'
import type { Context } from 'koa'
import sirv from 'sirv'

// The docs are part of the build. The second path is for a server that runs from its sources.
const folder = ['../../docs/', '../../dist/docs/']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(`${path}index.html`))

/** The files of the docs that are also served at the root, where people and tools look for them. */
const atRoot = ['/openapi.yaml', '/openapi.json', '/llms.txt']

/** Serves the docs of this version at `/docs`, and the contract at the root. Serves nothing if they were not built. */
export function docsRoutes(): Router {
  const router = new Router({ strict: true, sensitive: true })
  if (folder === undefined) return router
  const files = sirv(folder, { etag: true, gzip: true, setHeaders })

  /** Responds with the file at this path of the docs, or calls `next` if there is none. */
  const serve = (context: Context, path: string, next: () => Promise<unknown>) => {
    const { req, res } = context
    const { url } = req
    req.url = path
    let isMissing = false
    files(req, res, () => {
      isMissing = true
    })
    req.url = url ?? '/'
    if (isMissing) return next()
    context.respond = false
    return finished(res).catch(() => {}) // The caller hung up.
  }

  router.get('/docs', (context) => {
    context.status = 301
    context.redirect('docs/')
  })
  router.get('/docs/{*path}', (context, next) => serve(context, context.path.slice('/docs'.length), next))
  for (const path of atRoot) router.get(path, (context, next) => serve(context, path, next))
  return router
}

type Headers = { setHeader(name: string, value: string): unknown }

function setHeaders(response: Headers, path: string): void {
  // Browsers check each time whether the file has changed, so they show an upgrade at once.
  response.setHeader('Cache-Control', 'no-cache')
  response.setHeader('Content-Security-Policy', "frame-ancestors 'none'")
  response.setHeader('Referrer-Policy', 'no-referrer')
  if (/\.(?:md|yaml)$/.test(path)) response.setHeader('Content-Type', 'text/plain; charset=utf-8')
}
