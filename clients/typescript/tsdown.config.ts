import { defineConfig, type UserConfig } from 'tsdown'

const common: UserConfig = {
  format: ['esm', 'cjs'],
  platform: 'neutral',
  // The oldest platforms that the README names. A test checks the bundle against them.
  target: ['es2021', 'safari15', 'chrome100', 'node20'],
  sourcemap: true,
  // openapi-fetch goes into the bundle: a page can load the one file, and its CommonJS build has no default export.
  deps: { alwaysBundle: [/^openapi-/], onlyBundle: ['openapi-fetch', 'openapi-typescript-helpers'] },
  dts: { resolver: 'tsc' },
  logLevel: 'warn',
}

// Each entry becomes one self-contained file, so each is built separately.
// biome-ignore lint/style/noDefaultExport: tsdown reads the default export
export default defineConfig([
  { ...common, entry: { index: 'src/index.ts' }, clean: ['dist/index.*'] },
  { ...common, entry: { webhooks: 'src/webhooks.ts' }, clean: ['dist/webhooks.*'] },
])
