import { createHash } from 'node:crypto'
import { contrastOf, textColorOn } from '../brand.ts'

const card = { light: '#ffffff', dark: '#1a1e24' }

// Logical properties let the page also run from right to left. Lengths in rem let it grow with the text.
const base = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: ${card.light}; --text: #1b1f24; --soft: #57606a; --line: #757d87; --rule: #dfe3e7;
  --good: #146c2e; --bad: #b3261e; --edge: var(--edge-light);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1216; --card: ${card.dark}; --text: #e8eaed; --soft: #a8b0ba; --line: #7d8590; --rule: #353b43;
    --good: #7ddb94; --bad: #ffb4ab; --edge: var(--edge-dark);
  }
}
* { box-sizing: border-box }
html { background: var(--page); color: var(--text); font: 100%/1.5 system-ui, sans-serif; -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body { margin: 0; padding: min(1rem, 4vw); overflow-wrap: anywhere }
main { max-inline-size: 27rem; margin-inline: auto; background: var(--card); border: 1px solid var(--rule); border-block-start: .375rem solid var(--accent); border-radius: .75rem; padding: min(1.75rem, 6vw); text-align: center }
header { margin-block-end: 1.5rem; font-weight: 600; color: var(--soft) }
header img { display: block; margin-inline: auto; max-inline-size: 100%; max-block-size: 3rem }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; text-wrap: balance }
p { margin: 0 0 1.25rem; text-wrap: pretty }
bdi { font-weight: 600 }
.mark { display: block; inline-size: 3rem; block-size: 3rem; margin: 0 auto .875rem; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round }
.good .mark { color: var(--good) }
.bad .mark, .bad h1 { color: var(--bad) }
form { margin: 0 }
label { display: block; margin-block-end: .375rem; font-weight: 600 }
input, button, .button { display: block; inline-size: 100%; min-block-size: 3rem; border-radius: .5rem; font: inherit }
input { margin-block-end: 1rem; padding: .5rem .75rem; border: 1px solid var(--line); background: var(--page); color: var(--text) }
input[aria-invalid] { border: 2px solid var(--bad) }
#code { --gap: .75ch; inline-size: min(100%, calc(var(--digits) * (1ch + var(--gap)) + 1.5rem)); margin-inline: auto; padding-inline: calc(.75rem + var(--gap) / 2) 0; font: 600 1.75rem/1.4 ui-monospace, monospace; letter-spacing: var(--gap); text-align: start; background-image: repeating-linear-gradient(90deg, var(--line) 0 1ch, transparent 1ch calc(1ch + var(--gap))); background-size: calc(var(--digits) * (1ch + var(--gap)) - var(--gap)) 2px; background-position: calc(.75rem + var(--gap) / 2) calc(100% - .5rem); background-repeat: no-repeat }
${[4, 5, 6, 7, 8, 9, 10].map((digits) => `.digits-${digits} { --digits: ${digits} }`).join('\n')}
.digits-8 #code { font-size: 1.5rem }
.digits-9 #code, .digits-10 #code { font-size: 1.25rem }
button, .button { padding: .625rem 1rem; border: 2px solid var(--edge); background: var(--accent); color: var(--on-accent); font-weight: 600; text-align: center; text-decoration: none; cursor: pointer }
button.quiet { border: 1px solid var(--line); background: var(--card); color: var(--text) }
:focus-visible { outline: .1875rem solid var(--text); outline-offset: .1875rem }
details, .again { margin-block-start: 1.5rem; padding-block-start: 1.25rem; border-block-start: 1px solid var(--rule) }
summary { cursor: pointer; color: var(--soft); font-weight: 600; border-radius: .25rem }
details[open] summary { margin-block-end: 1rem }
footer { margin-block-start: 1.5rem; color: var(--soft); font-size: .875rem }
footer a { color: inherit }
@media (min-width: 30rem) {
  body { padding-block-start: 12vh }
  main { padding: 2rem }
}
`

/** The style of all pages with one accent color. */
export interface Style {
  css: string
  /** A CSP source that allows this style and no other. */
  hash: string
}

const made = new Map<string, Style>()

/**
 * Returns the style for an accent color (#rrggbb). Text is readable on any color, because it is black or white. If the
 * color is too similar to the card behind it, the button gets an edge of 3:1 contrast or more (WCAG 2.2, 1.4.11).
 */
export function styleFor(accent: string): Style {
  const kept = made.get(accent)
  if (kept) return kept
  const edge = (background: string) =>
    contrastOf(accent, background) >= 3 ? accent : textColorOn(background)
  const colors = `--accent: ${accent}; --on-accent: ${textColorOn(accent)}; --edge-light: ${edge(card.light)}; --edge-dark: ${edge(card.dark)}`
  const css = `\n:root { ${colors} }${base}`
  const style = { css, hash: `'sha256-${createHash('sha256').update(css).digest('base64')}'` }
  made.set(accent, style)
  return style
}
