import { createHash } from 'node:crypto'

// Logical properties throughout, so that it reads from right to left as well; lengths in rem, so that it grows
// with the text.
export const style = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: #fff; --text: #1b1f24; --soft: #57606a; --line: #757d87;
  --accent: #1d4ed8; --on-accent: #fff; --good: #146c2e; --bad: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1216; --card: #1a1e24; --text: #e8eaed; --soft: #a8b0ba; --line: #7d8590;
    --accent: #8ab4f8; --on-accent: #10131a; --good: #7ddb94; --bad: #ffb4ab;
  }
}
* { box-sizing: border-box }
html { background: var(--page); color: var(--text); font: 100%/1.5 system-ui, sans-serif; -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body { margin: 0; padding: min(1rem, 4vw); overflow-wrap: anywhere }
main { max-inline-size: 27rem; margin-block: 0 auto; margin-inline: auto; padding: min(1.5rem, 5vw); background: var(--card); border-radius: .75rem; border: 1px solid transparent }
h1 { margin: 0 0 1rem; font-size: 1.375rem; line-height: 1.3; text-wrap: balance }
p { margin: 0 0 1.25rem }
p:last-child { margin-block-end: 0 }
bdi { font-weight: 600 }
.note { padding-block: .25rem; padding-inline: min(.875rem, 4vw) 0; border-inline-start: .25rem solid var(--soft) }
.bad { border-color: var(--bad); color: var(--bad) }
.good { border-color: var(--good); color: var(--good); font-weight: 600 }
form { margin: 0 }
label { display: block; margin-block-end: .375rem; font-weight: 600 }
input, button, .button { display: block; inline-size: 100%; min-block-size: 3rem; border-radius: .5rem; font: inherit }
input { margin-block-end: 1rem; padding: .5rem .75rem; border: 1px solid var(--line); background: var(--page); color: var(--text); font: 600 1.5rem/1.4 ui-monospace, monospace; letter-spacing: .2em; text-align: center }
input[aria-invalid] { border: 2px solid var(--bad) }
button, .button { padding: .625rem 1rem; border: 2px solid transparent; background: var(--accent); color: var(--on-accent); font-weight: 600; text-align: center; text-decoration: none; cursor: pointer }
:focus-visible { outline: .1875rem solid var(--accent); outline-offset: .1875rem }
@media (min-width: 30rem) {
  body { padding-block-start: 12vh }
  main { padding: 2rem }
}
`

/** As a CSP source: this style and no other. */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`
