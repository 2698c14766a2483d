import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { folder, run } from './workshop.ts'

/** Compiles the packed client with the oldest TypeScript that it supports, and checks every declaration. */
export async function complaintOfOldTypeScript(): Promise<string | undefined> {
  const client = fileURLToPath(new URL('../../clients/typescript/', import.meta.url))
  const packed = await run('npm', ['pack', '--silent', '--ignore-scripts', client])
  const tarball = packed.output.trim().split('\n').at(-1) ?? ''
  const installed = await run('npm', ['install', '--silent', '--no-audit', '--no-fund', `./${tarball}`])
  if (!packed.isFine || !installed.isFine) return packed.output + installed.output
  writeFileSync(join(folder, 'consumer.ts'), consumer)
  const strict = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    'false',
    '--target',
    'es2021',
    '--lib',
    'es2021,dom,dom.iterable',
  ]
  for (const resolution of [
    ['--module', 'nodenext', '--moduleResolution', 'nodenext'],
    ['--module', 'esnext', '--moduleResolution', 'bundler'],
    ['--module', 'commonjs', '--moduleResolution', 'node'],
  ]) {
    const tsc = join('node_modules', 'typescript-5.4', 'bin', 'tsc')
    const options = [...strict, '--typeRoots', 'no-types', ...resolution]
    const { isFine, output } = await run(process.execPath, [tsc, ...options, 'consumer.ts'])
    if (!isFine) return `${resolution.join(' ')}\n${output}`
  }
  return undefined
}

const consumer = `
import { createClient, isRisumailOtpError, type SentOtp } from '@risumail-otp/client'
import { verifyWebhook } from '@risumail-otp/client/webhooks'
const otp = createClient({ baseUrl: 'https://otp.example', token: 'risu_key_x' })
export async function send(): Promise<SentOtp> {
  const { data, response } = await otp.sendBackendOtp({ email: 'a@x.co' }).withResponse()
  response.headers.get('RateLimit')
  for await (const { verifiedAt } of otp.allBackendOtpVerifications()) verifiedAt.length
  try { return data } catch (error) { if (isRisumailOtpError(error)) error.code; throw error }
}
export const check = verifyWebhook
`

/** Compiles each code block of the client's README and recipes with the real packages, and runs the one with a test. */
export async function complaintOfRecipes(): Promise<string | undefined> {
  const recipes = ['README.md', 'example/recipes.md'].flatMap((file) => {
    const text = readFileSync(new URL(`../../clients/typescript/${file}`, import.meta.url), 'utf8')
    return [...text.matchAll(/^```tsx?\n(.*?)^```$/gms)].map(([, code = '']) => code)
  })
  recipes.forEach((code, n) => {
    // The export makes every snippet a module with its own names.
    writeFileSync(join(folder, `recipe-${n}.tsx`), `${code}\nexport {}\n`)
  })
  const files = recipes.map((_, n) => `recipe-${n}.tsx`)
  const options = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--jsx',
    'react-jsx',
  ]
  const compiled = await run('node_modules/.bin/tsc', [...options, ...files])
  if (!compiled.isFine) return compiled.output
  const withTest = files.filter((_, n) => recipes[n]?.includes("from 'node:test'"))
  if (withTest.length !== 1) return 'there is no recipe with a test'
  const tested = await run('node_modules/.bin/tsx', withTest)
  return tested.isFine && /^# pass 1$/m.test(tested.output) ? undefined : tested.output
}
