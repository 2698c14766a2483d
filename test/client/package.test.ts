import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import * as esm from '@risumail-otp/client'
import * as webhooks from '@risumail-otp/client/webhooks'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('../../', import.meta.url))
const require = createRequire(import.meta.url)
const folder = dirname(require.resolve('@risumail-otp/client/package.json'))
const read = (path: string) => readFileSync(join(folder, path), 'utf8')
const manifest = JSON.parse(read('package.json')) as Record<string, unknown>
const run = promisify(execFile)
const kibibyte = 1024

/** Bundles and minifies the package for a page that imports all of it. */
async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, entry)],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    mainFields: ['module', 'main'],
    write: false,
  })
  return outputFiles.map(({ text }) => text).join('')
}

describe('the package', () => {
  it('has the version of the contract', () => {
    const contract = parse(readFileSync(`${root}openapi/openapi.yaml`, 'utf8')) as {
      info: { version: string }
    }
    expect(manifest['version']).toBe(contract.info.version)
  })

  it('adds at most 6 KiB to a page, with openapi-fetch and all operations', async () => {
    for (const entry of ['src/index.ts', 'dist/index.js']) {
      const size = gzipSync(await bundle(entry), { level: 9 }).length
      expect(size, `${entry} in bytes`).toBeLessThanOrEqual(6 * kibibyte)
    }
  })

  it('adds nothing to a bundle that does not use it', async () => {
    const { outputFiles } = await build({
      stdin: { contents: "import '@risumail-otp/client'", resolveDir: root },
      bundle: true,
      format: 'esm',
      ignoreAnnotations: true, // checks the code itself, not what the manifest claims
      write: false,
    })
    expect(outputFiles[0]?.text.replace(/^\/\/.*$/gm, '').trim()).toBe('')
    expect(manifest['sideEffects']).toBe(false)
  })

  it('needs no other package and no module of Node.js', () => {
    expect(manifest).not.toHaveProperty('dependencies')
    const files = ['index', 'webhooks'].flatMap((entry) =>
      ['js', 'cjs', 'd.ts', 'd.cts'].map((end) => `${entry}.${end}`),
    )
    for (const file of files) {
      const imports = read(`dist/${file}`).match(/^import .*|\brequire\(.*|\bfrom ["'].*/gm)
      expect(imports, file).toBeNull()
    }
  })

  it('exports the same names to import and to require', () => {
    const cjs = require('@risumail-otp/client') as typeof esm
    expect(Object.keys(cjs).sort()).toEqual(Object.keys(esm).sort())
    const webhooksCjs = require('@risumail-otp/client/webhooks') as typeof webhooks
    expect(Object.keys(webhooksCjs).sort()).toEqual(Object.keys(webhooks).sort())
    for (const { createClient, RisumailOtpError } of [esm, cjs]) {
      const client = createClient({ baseUrl: 'https://otp.example', token: 'risu_key_secret' })
      expect(client.sendInstantOtp).toBeTypeOf('function')
      expect(new RisumailOtpError(404, { code: 'NOT_FOUND', message: 'm', requestId: 'r' })).toBeInstanceOf(
        Error,
      )
    }
  })

  it('contains the files that a consumer needs, and no others', async () => {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: folder })
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }]
    expect(files.map(({ path }) => path).sort()).toEqual([
      'LICENSE',
      'README.md',
      ...['index', 'webhooks'].flatMap((entry) =>
        ['cjs', 'cjs.map', 'd.cts', 'd.ts', 'js', 'js.map'].map((end) => `dist/${entry}.${end}`),
      ),
      'example/index.html',
      'example/recipes.md',
      'example/sign-in.js',
      'example/style.css',
      'package.json',
    ])
  }, 60_000)
})
