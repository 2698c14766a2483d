/** The page: Redoc, the contract and the styles in one file that asks the network for nothing. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import escapeHtml from 'escape-html'
import type { ContractDocument } from './contract.ts'
import { redocOptions } from './theme.ts'

/** The only address that Redoc's bundle would load something from. */
const logoUrl = 'https://cdn.redoc.ly/redoc/logo-mini.svg'
const emptyImage = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"

/** The whole page as HTML. @throws if the bundle of Redoc is not the one that this was made for */
export async function renderPage(contract: ContractDocument): Promise<string> {
  const bundle = await readFile(
    fileURLToPath(import.meta.resolve('redoc/bundles/redoc.standalone.js')),
    'utf8',
  )
  const style = await readFile(new URL('page.css', import.meta.url), 'utf8')
  const parts = bundle.split(logoUrl)
  if (parts.length !== 2)
    throw new Error(`expected the logo once in Redoc's bundle, found ${parts.length - 1}`)
  const scripts = [
    parts.join(emptyImage),
    `Redoc.init(${JSON.stringify(contract)}, ${JSON.stringify(redocOptions)}, document.getElementById('docs'))`,
  ].map(inScript)

  const { title, version, summary } = contract.info
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="description" content="${escapeHtml(summary)}">
<title>${escapeHtml(title)} ${escapeHtml(version)}</title>
<style>
${style}</style>
</head>
<body>
<div id="docs"><noscript>This page needs JavaScript. The same is in openapi/ as Markdown and YAML.</noscript></div>
${scripts.map((script) => `<script>${script}</script>`).join('\n')}
</body>
</html>
`
}

/** A script that cannot end its element early (HTML, section 4.12.1.3). */
function inScript(script: string): string {
  return script.replaceAll(/<(?=\/script|!--|script)/gi, '\\x3C')
}

/** Only the scripts of this page; its styles, which Redoc writes as it runs; no address at all. */
function contentSecurityPolicy(scripts: string[]): string {
  const hashes = scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`)
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ')}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'worker-src blob:', // the search index
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}
