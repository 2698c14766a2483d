import escapeHtml from 'escape-html'
import { type Brand, textColorOn } from '../brand.ts'
import type { Block, MailContent } from './content.ts'

const font = "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif"
const small = 'font-size:13px;line-height:1.5;color:#565e66'

// Some email clients ignore style sheets, so most styles are inline. Only dark mode needs a style sheet.
const styleSheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark }
@media (prefers-color-scheme: dark) {
  .page { background: #101214 !important }
  .card { background: #1c1f23 !important; color: #f1f3f5 !important }
  .code { background: #2a2f35 !important; color: #ffffff !important }
  .note, .note a { color: #b4bcc5 !important }
  .rule { border-color: #3a4047 !important }
}`

/**
 * Renders the HTML part with plain tables and inline styles: one small email does not need a framework. It loads nothing
 * from the network. It runs from right to left if the language does.
 * @param logoId the Content-ID of the logo; undefined shows none
 */
export function renderHtml(content: MailContent, logoId?: string): string {
  const { language, direction, subject, preheader, brand, blocks } = content
  const main = blocks.filter((block) => !isFooter(block))
  const footer = blocks.filter(isFooter)
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
${header(brand, logoId)}
<tr><td class="card" align="center" style="padding:32px 24px;background:#ffffff;color:#1c1f23;border-radius:0 0 12px 12px;${font};text-align:center">
${main.map((block) => render(block, brand)).join('\n')}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td class="rule" align="center" style="border-top:1px solid #dfe3e7;padding-top:20px;text-align:center;${font};${small}">
${footer.map((block) => render(block, brand)).join('\n')}
</td></tr></table>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`
}

function isFooter({ kind }: Block): boolean {
  return kind === 'note' || kind === 'addressed'
}

function header({ name, accentColor, logo }: Brand, logoId: string | undefined): string {
  if (logo !== undefined && logoId !== undefined) {
    return `<tr><td class="card" align="center" style="padding:20px 24px 0;background:#ffffff;border-top:6px solid ${accentColor};border-radius:12px 12px 0 0"><img src="cid:${logoId}" alt="${escapeHtml(name)}" height="40" style="display:block;height:40px;max-width:240px;border:0"></td></tr>`
  }
  const color = `background:${accentColor};color:${textColorOn(accentColor)};border-radius:12px 12px 0 0`
  return name === ''
    ? `<tr><td style="height:6px;font-size:0;line-height:0;${color}">&nbsp;</td></tr>`
    : `<tr><td dir="auto" align="center" style="padding:14px 24px;${color};${font};font-weight:600;text-align:center">${escapeHtml(name)}</td></tr>`
}

function render(block: Block, { accentColor }: Brand): string {
  switch (block.kind) {
    case 'heading':
      return `<h1 style="margin:0 0 12px;font-size:22px;line-height:1.3;font-weight:700">${escapeHtml(block.text)}</h1>`
    case 'paragraph':
      return `<p style="margin:0 0 16px">${escapeHtml(block.text)}</p>`
    case 'foreign':
      return `<p dir="auto" style="margin:0 0 16px;overflow-wrap:anywhere">${escapeHtml(block.text)}</p>`
    case 'code':
      return renderCode(block.code)
    case 'button':
      return `<p style="margin:0 0 12px">${escapeHtml(block.lead)}</p>
<p style="margin:0 0 8px"><a href="${escapeHtml(block.url)}" style="display:inline-block;padding:12px 24px;border-radius:8px;background:${accentColor};color:${textColorOn(accentColor)};font-weight:600;text-decoration:none">${escapeHtml(block.label)}</a></p>
<p class="note" dir="ltr" style="margin:0 0 24px;${small};overflow-wrap:anywhere">${escapeHtml(new URL(block.url).host)}</p>`
    case 'note':
      return `<p class="note" style="margin:0 0 8px;${small}">${escapeHtml(block.text)}</p>`
    case 'addressed':
      return `<p class="note" style="margin:0 0 8px;${small};overflow-wrap:anywhere">${withAddress(block)}</p>`
  }
}

/**
 * The digits have no spaces between them, so people can select and copy them as one word; the gaps are only style.
 * A screen reader reads the digits one by one. Otherwise it would read a number: "twelve thousand three hundred …".
 */
function renderCode(code: string): string {
  const spoken = [...code].join(' ')
  return `<p class="code" style="margin:0 0 16px;padding:14px 16px;border-radius:8px;background:#f1f3f5;color:#000000;font:700 32px/1.25 ui-monospace,Menlo,Consolas,monospace;letter-spacing:6px;text-indent:6px;text-align:center;overflow-wrap:anywhere"><span role="img" aria-label="${spoken}" dir="ltr" style="-webkit-user-select:all;user-select:all">${code}</span></p>`
}

/** Marks up the address in the text, so that it keeps its own direction. With `isLink`, it becomes a mailto link. */
function withAddress({ text, address, isLink }: Extract<Block, { kind: 'addressed' }>): string {
  const shown = escapeHtml(address)
  const marked = isLink
    ? `<a href="mailto:${shown}" dir="ltr" style="color:#565e66">${shown}</a>`
    : `<bdi dir="ltr">${shown}</bdi>`
  return escapeHtml(text).replace(shown, () => marked)
}
