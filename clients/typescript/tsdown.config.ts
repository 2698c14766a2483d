import { defineConfig } from 'tsdown'

// biome-ignore lint/style/noDefaultExport: tsdown reads the default export
export default defineConfig([
  {
    entry: { index: 'src/index.ts' },
    format: ['esm', 'cjs'],
    platform: 'neutral',
    target: 'es2022',
    dts: true,
  },
  {
    // For a page without a bundler: one file with everything in it.
    entry: { browser: 'src/index.ts' },
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    dts: false,
    minify: true,
    clean: false,
    deps: { alwaysBundle: [/./] },
  },
])
