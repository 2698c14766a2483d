// Runs in the docs page, before and after Redoc draws it. `contract` and `options` are defined in front of it.
const stored = () => {
  try {
    return localStorage.getItem('theme')
  } catch {
    return null // A file opened from a disk may have no storage.
  }
}
const system = matchMedia('(prefers-color-scheme: dark)')
const wanted = new URLSearchParams(location.search).get('theme')
const asked = ['dark', 'light'].find((name) => name === wanted)
const theme = asked ?? stored() ?? (system.matches ? 'dark' : 'light')
document.documentElement.dataset.theme = theme

// Redoc takes its colors once, so a change of theme draws the page again.
document.getElementById('theme').addEventListener('click', () => {
  const other = theme === 'dark' ? 'light' : 'dark'
  try {
    localStorage.setItem('theme', other)
    location.reload()
  } catch {
    location.search = `?theme=${other}` // Without storage, the address remembers the choice.
  }
})
system.addEventListener('change', () => asked ?? stored() ?? location.reload())

const copyButton = (block) => {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy'
  button.textContent = 'Copy'
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.querySelector('code').innerText.trimEnd())
    button.textContent = 'Copied'
    setTimeout(() => {
      button.textContent = 'Copy'
    }, 1500)
  })
  return button
}

// Redoc's own samples have a button. The blocks in the prose have none.
const addCopyButtons = () => {
  for (const block of document.querySelectorAll('#docs .redoc-markdown pre:not(:has(.copy))'))
    block.append(copyButton(block))
}

// A keyboard can then scroll what is wider than its box.
const makeReadable = () => {
  for (const group of document.querySelectorAll('#docs [data-item-id^="group/"]'))
    group.removeAttribute('aria-label') // It would hide the names of the items.

  for (const box of document.querySelectorAll('#docs pre, #docs table')) box.tabIndex = 0
}

Redoc.init(contract, options[theme], document.getElementById('docs'), () => {
  addCopyButtons()
  makeReadable()
})
