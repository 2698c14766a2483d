/** How Redoc looks and behaves here. */

const sans = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
const mono = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace'

export const redocOptions = {
  expandResponses: '200',
  sortRequiredPropsFirst: true,
  jsonSamplesExpandLevel: 'all',
  nativeScrollbars: true,
  hideLoading: true,
  hideSchemaPattern: true, // the descriptions say the same in words
  downloadFileName: 'openapi.json',
  hideSchemaTitles: true,
  theme: {
    spacing: { sectionVertical: 20, sectionHorizontal: 24 },
    colors: { primary: { main: '#0b5cad' } },
    sidebar: { width: '300px', backgroundColor: '#f7f8fa' },
    rightPanel: { backgroundColor: '#1d2530' },
    typography: {
      fontSize: '16px',
      lineHeight: '1.6',
      fontFamily: sans,
      headings: { fontFamily: sans, fontWeight: '600' },
      code: { fontFamily: mono, fontSize: '14px', color: '#0b4f94', backgroundColor: '#eef2f6' },
    },
  },
}
