/** The pages: each is one file with its script, styles and contract, and asks the network for nothing. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import escapeHtml from 'escape-html'
import type { ContractDocument } from './contract.ts'
import { redocOptions } from './theme.ts'

/** The only address that Redoc's bundle would load something from. */
const logoUrl = 'https://cdn.redoc.ly/redoc/logo-mini.svg'
const emptyImage = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"

const read = (name: string) => readFile(new URL(name, import.meta.url), 'utf8')

/** Our logo as an address for `src` and `href`. */
export async function logoAddress(): Promise<string> {
  return `data:image/svg+xml,${encodeURIComponent((await read('logo.svg')).trim())}`
}

/** Renders the docs as HTML. @throws if the bundle of Redoc is not the one that this was made for */
export async function renderPage(contract: ContractDocument): Promise<string> {
  const bundle = await readFile(
    fileURLToPath(import.meta.resolve('redoc/bundles/redoc.standalone.js')),
    'utf8',
  )
  const parts = bundle.split(logoUrl)
  if (parts.length !== 2)
    throw new Error(`expected the logo once in Redoc's bundle, found ${parts.length - 1}`)
  const data = `const contract = ${JSON.stringify(contract)}, options = ${JSON.stringify(redocOptions)}\n`
  const scripts = [parts.join(emptyImage), data + (await read('page.js'))].map(inScript)
  return document(contract, {
    title: `${contract.info.title} ${contract.info.version}`,
    style: await read('page.css'),
    scripts,
    policy: [`script-src ${hashesOf(scripts)}`, 'img-src data:', 'worker-src blob:'], // blob: is the search index
    body: `<div class="bar"><a href="try.html">Try it</a> <a href="openapi.yaml">OpenAPI</a> <button id="theme" type="button" aria-label="Switch between light and dark"></button></div>
<div id="docs"><noscript>This page needs JavaScript. Each chapter is also a <a href="llms.txt">Markdown file</a>.</noscript></div>`,
  })
}

/** Renders the page on which the operations can be tried, with Scalar's API reference. */
export async function renderTryPage(contract: ContractDocument): Promise<string> {
  // The package for Fastify has the bundle for browsers in it, and needs 24 packages in place of 315.
  const bundle = await readFile(
    new URL('js/standalone.js', import.meta.resolve('@scalar/fastify-api-reference')),
    'utf8',
  )
  const settings = {
    ...tryOptions,
    content: contract,
    servers: contract.servers,
  }
  const start = `if (location.protocol !== 'file:') settings.servers.unshift({ url: location.origin, description: 'This server' })
Scalar.createApiReference('#try', settings)`
  const scripts = [bundle, `const settings = ${JSON.stringify(settings)}\n${start}`].map(inScript)
  return document(contract, {
    title: `Try the ${contract.info.title}`,
    style: 'body { margin: 0 }',
    scripts,
    policy: [
      `script-src ${hashesOf(scripts)} 'wasm-unsafe-eval'`,
      'img-src data: blob:',
      'font-src data:',
      // The page may call only this server and servers on this machine.
      "connect-src 'self' http://localhost:* http://127.0.0.1:* data: blob:",
    ],
    body: '<div id="try"></div>',
  })
}

const tryOptions = {
  theme: 'default',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  documentDownloadType: 'none',
  persistAuth: false,
}

interface Page {
  title: string
  style: string
  scripts: string[]
  policy: string[]
  body: string
}

async function document(
  { info }: ContractDocument,
  { title, style, scripts, policy, body }: Page,
): Promise<string> {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="description" content="${escapeHtml(info.summary)}">
<link rel="icon" href="${await logoAddress()}">
<title>${escapeHtml(title)}</title>
<style>
${style}</style>
</head>
<body>
${body}
${scripts.map((script) => `<script>${script}</script>`).join('\n')}
</body>
</html>
`
}

/** A script that cannot end its element early (HTML, section 4.12.1.3). */
function inScript(script: string): string {
  return script.replaceAll(/<(?=\/script|!--|script)/gi, '\\x3C')
}

function hashesOf(scripts: string[]): string {
  return scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`).join(' ')
}

// Both components write their styles as they run, so these cannot be named by a hash.
function contentSecurityPolicy(policy: string[]): string {
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    ...policy,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}
