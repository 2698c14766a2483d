import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { variables } from '../server/config/variables.ts'

it('.env.example lists every variable with its description and default, and nothing else', () => {
  const documented = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  const [, ...blocks] = documented.trimEnd().split('\n\n')
  const expected = Object.entries(variables).map(
    ([name, { description, fallback }]) =>
      `# ${description}\n${fallback === undefined ? '#' : ''}${name}=${fallback ?? ''}`,
  )
  expect(blocks).toEqual(expected)
})
