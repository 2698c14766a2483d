import escapeHtml from 'escape-html'
import { textColorOn } from './colors.ts'
import type { Block, Brand, MailContent } from './content.ts'

const font = "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif"

// What a client needs that reads no style sheet stands at the elements; here is what only a style sheet can say.
const styleSheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark }
@media (prefers-color-scheme: dark) {
  .page { background: #101214 !important }
  .card { background: #1c1f23 !important; color: #f1f3f5 !important }
  .code { background: #2a2f35 !important; color: #ffffff !important }
  .note, .note a { color: #b4bcc5 !important }
}`

/**
 * The HTML part: plain tables and styles, because one small mail does not need a framework for mails. Nothing in it is
 * loaded from anywhere, and it reads from right to left where the language does.
 */
export function renderHtml({ language, direction, subject, preheader, brand, blocks }: MailContent): string {
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${escapeHtml(subject)}</title>
<style>${styleSheet}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f1f3f5">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preheader)}</div>
<table class="page" role="presentation" lang="${language}" dir="${direction}" width="100%" cellpadding="0" cellspacing="0" style="background:#f1f3f5">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:480px">
${heading(brand)}
<tr><td class="card" style="padding:24px;background:#ffffff;color:#1c1f23;border-radius:0 0 8px 8px;${font};text-align:start">
${blocks.map((block) => render(block, brand)).join('\n')}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`
}

function heading({ name, accentColor }: Brand): string {
  const color = `background:${accentColor};color:${textColorOn(accentColor)};border-radius:8px 8px 0 0`
  return name === ''
    ? `<tr><td style="height:6px;font-size:0;line-height:0;${color}">&nbsp;</td></tr>`
    : `<tr><td dir="auto" style="padding:14px 24px;${color};${font};font-weight:600;text-align:start">${escapeHtml(name)}</td></tr>`
}

function render(block: Block, { accentColor }: Brand): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p style="margin:0 0 16px">${escapeHtml(block.text)}</p>`
    case 'foreign':
      return `<p dir="auto" style="margin:0 0 16px;overflow-wrap:anywhere">${escapeHtml(block.text)}</p>`
    case 'code':
      return renderCode(block.code)
    case 'link':
      return `<p style="margin:0 0 8px">${escapeHtml(block.lead)}</p>
<p style="margin:0 0 16px"><a href="${escapeHtml(block.url)}" dir="ltr" style="display:inline-block;padding:10px 20px;border-radius:6px;background:${accentColor};color:${textColorOn(accentColor)};font-weight:600;text-decoration:none;overflow-wrap:anywhere">${escapeHtml(new URL(block.url).host)}</a></p>`
    case 'note':
      return `<p class="note" style="margin:0;font-size:14px;color:#565e66">${escapeHtml(block.text)}</p>`
    case 'support':
      return `<p class="note" style="margin:8px 0 0;font-size:14px;color:#565e66">${withMailLink(block)}</p>`
  }
}

/**
 * The digits stand together, so that they are selected and copied as one word; the distance between them is only style.
 * A screen reader is given them one by one, for otherwise it reads a number: "twelve thousand three hundred…".
 */
function renderCode(code: string): string {
  const spoken = [...code].join(' ')
  return `<p class="code" style="margin:0 0 16px;padding:12px 16px;border-radius:6px;background:#f1f3f5;color:#000000;font:700 32px/1.25 ui-monospace,Menlo,Consolas,monospace;letter-spacing:4px;overflow-wrap:anywhere"><span role="img" aria-label="${spoken}" dir="ltr" style="-webkit-user-select:all;user-select:all">${code}</span></p>`
}

function withMailLink({ text, address }: { text: string; address: string }): string {
  const shown = escapeHtml(address)
  const link = `<a href="mailto:${shown}" dir="ltr" style="color:#565e66">${shown}</a>`
  return escapeHtml(text).replace(shown, () => link)
}
