/** How Redoc looks and behaves here. */

const sans = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
const mono = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace'

interface Palette {
  text: string
  soft: string
  accent: string
  line: string
  sidebar: string
  panel: string
  codeText: string
  codeBackground: string
  good: string
  bad: string
}

const light: Palette = {
  text: '#1b1f24',
  soft: '#57606a',
  accent: '#0b6b63',
  line: '#dfe3e7',
  sidebar: '#f6f8f9',
  panel: '#16202b',
  codeText: '#0b5a53',
  codeBackground: '#eef3f3',
  good: '#146c2e',
  bad: '#b3261e',
}

const dark: Palette = {
  text: '#e4e8ec',
  soft: '#a8b0ba',
  accent: '#5eead4',
  line: '#30363d',
  sidebar: '#12171d',
  panel: '#0a0e13',
  codeText: '#7dd3c8',
  codeBackground: '#1d252e',
  good: '#7ddb94',
  bad: '#ffb4ab',
}

function optionsFor(colors: Palette) {
  return {
    expandResponses: '200',
    sortRequiredPropsFirst: true,
    jsonSamplesExpandLevel: 'all',
    nativeScrollbars: true,
    hideLoading: true,
    hideSchemaPattern: true, // The descriptions say the same in words.
    hideDownloadButton: true, // The download is the file beside this page.
    hideSchemaTitles: true,
    theme: {
      spacing: { sectionVertical: 20, sectionHorizontal: 24 },
      colors: {
        primary: { main: colors.accent },
        success: { main: colors.good },
        error: { main: colors.bad },
        text: { primary: colors.text, secondary: colors.soft },
        border: { dark: colors.line, light: colors.line },
        responses: {
          success: { color: colors.good, backgroundColor: colors.codeBackground, tabTextColor: '#7ddb94' },
          error: { color: colors.bad, backgroundColor: colors.codeBackground, tabTextColor: '#ffb4ab' },
        },
      },
      schema: {
        linesColor: colors.line,
        nestedBackground: colors.sidebar,
        typeNameColor: colors.soft,
        typeTitleColor: colors.soft,
        requireLabelColor: colors.bad,
        arrow: { color: colors.soft },
      },
      sidebar: {
        width: '300px',
        backgroundColor: colors.sidebar,
        textColor: colors.text,
        activeTextColor: colors.accent,
        arrow: { color: colors.soft },
      },
      rightPanel: { backgroundColor: colors.panel },
      logo: { maxHeight: '40px', maxWidth: '40px', gutter: '16px' },
      typography: {
        fontSize: '16px',
        lineHeight: '1.6',
        fontFamily: sans,
        headings: { fontFamily: sans, fontWeight: '600' },
        links: { color: colors.accent, hover: colors.accent, visited: colors.accent },
        code: {
          fontFamily: mono,
          fontSize: '14px',
          color: colors.codeText,
          backgroundColor: colors.codeBackground,
        },
      },
    },
  }
}

/** The options of `Redoc.init`, for either color scheme. */
export const redocOptions = { light: optionsFor(light), dark: optionsFor(dark) }
