import type { ContractDocument } from './contract.ts'
import type { Chapter } from './prose.ts'

/** An index of the docs for language models, as llmstxt.org describes it. Its links are relative to the docs. */
export function llmsText({ info }: ContractDocument, chapters: readonly Chapter[]): string {
  const links = chapters.map(({ file, text }) => {
    const [, title = file] = /^# (.+)$/m.exec(text) ?? []
    return `- [${title}](${file})`
  })
  return `# ${info.title}

> ${info.summary}

## Docs

${links.join('\n')}

## Reference

- [OpenAPI 3.1, as YAML](openapi.yaml)
- [OpenAPI 3.1, as JSON](openapi.json)
`
}
