import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

describe('SECURITY.md', () => {
  it('has a line for every tested guarantee, and a test for every line', () => {
    const text = readFileSync(new URL('../SECURITY.md', import.meta.url), 'utf8')
    const links = [...text.matchAll(/\[([\w-]+)\]\(test\/guarantees\/([\w-]+)\.test\.ts\)/g)]
    for (const [, shown, file] of links) expect(shown).toBe(file)
    const tests = readdirSync(new URL('guarantees', import.meta.url)).map((file) =>
      file.replace('.test.ts', ''),
    )
    expect(links.map(([, , file]) => file).sort()).toEqual(tests.sort())
  })
})
