import { defineConfig } from 'tsdown'

// biome-ignore lint/style/noDefaultExport: tsdown reads the default export
export default defineConfig({
  entry: { index: 'src/index.ts' },
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2022',
  // openapi-fetch goes into the bundle: a page can load the one file, and its CommonJS build has no default export.
  deps: { alwaysBundle: [/^openapi-/], onlyBundle: ['openapi-fetch', 'openapi-typescript-helpers'] },
  dts: { resolver: 'tsc' },
  logLevel: 'warn',
})
