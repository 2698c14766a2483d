import { defineConfig, type UserConfig } from 'tsdown'

const common: UserConfig = {
  format: ['esm', 'cjs'],
  platform: 'neutral',
  // The floor that the README states; a test holds the bundle to it.
  target: ['es2021', 'safari15', 'chrome100', 'node20'],
  sourcemap: true,
  // openapi-fetch goes into the bundle: a page can load the one file, and its CommonJS build has no default export.
  deps: { alwaysBundle: [/^openapi-/], onlyBundle: ['openapi-fetch', 'openapi-typescript-helpers'] },
  dts: { resolver: 'tsc' },
  logLevel: 'warn',
}

// Each entry is one file with everything in it, so each is built on its own.
// biome-ignore lint/style/noDefaultExport: tsdown reads the default export
export default defineConfig([
  { ...common, entry: { index: 'src/index.ts' }, clean: ['dist/index.*'] },
  { ...common, entry: { webhooks: 'src/webhooks.ts' }, clean: ['dist/webhooks.*'] },
])
