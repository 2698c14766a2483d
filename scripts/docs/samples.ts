/** Code samples for an operation, made from the contract's named examples. */
import { inspect } from 'node:util'
import { HTTPSnippet } from 'httpsnippet'
import type { DocumentedOperation } from './contract.ts'
import { languages } from './languages.ts'

/** One tab of Redoc's `x-codeSamples`. */
export interface CodeSample {
  lang: string
  label: string
  source: string
}

/** The environment variable that holds each credential of the contract. */
const credentialVariables: Record<string, string> = {
  serverKey: 'RISUMAIL_KEY',
  publicToken: 'RISUMAIL_TOKEN',
  analyticsSecret: 'RISUMAIL_SECRET',
}

/** The samples of an operation in every language, the TypeScript client's third. */
export async function samplesOf(operation: DocumentedOperation, baseUrl: string): Promise<CodeSample[]> {
  const snippet = new HTTPSnippet(harOf(operation, baseUrl) as never)
  const samples: CodeSample[] = []
  for (const language of languages) {
    const [target, client] = language.generator
    const written = await snippet.convert(target as never, client)
    if (typeof written !== 'string')
      throw new Error(`no sample of ${operation.operationId} in ${language.label}`)
    let variables = 0
    const source = written.replace(/(['"])([^'"\n]*)\b(RISUMAIL_[A-Z]+)\1/g, (_all, _quote, text, name) => {
      variables += 1
      return language.withVariable(text, name)
    })
    if (variables !== operation.credentials.length) throw new Error(`a credential was lost:\n${written}`)
    samples.push({
      lang: language.lang,
      label: language.label,
      source: `${language.finish(source).trim()}\n`,
    })
  }
  return samples.toSpliced(2, 0, clientSample(operation, baseUrl))
}

/** The request as an HTTP archive, with the names of the environment variables where the credentials go. */
function harOf({ method, path, credentials, requestExample, query }: DocumentedOperation, baseUrl: string) {
  const headers = credentials.map(([scheme, { type, name }]) => {
    const variable = variableOf(scheme)
    return type === 'http'
      ? { name: 'Authorization', value: `Bearer ${variable}` }
      : { name: name ?? '', value: variable }
  })
  const body = {
    headers: [...headers, { name: 'Content-Type', value: 'application/json' }],
    postData: { mimeType: 'application/json', text: JSON.stringify(requestExample) },
  }
  return {
    method,
    url: baseUrl + path,
    httpVersion: 'HTTP/1.1',
    headers,
    queryString: Object.entries(query).map(([name, value]) => ({ name, value: String(value) })),
    cookies: [],
    headersSize: -1,
    bodySize: -1,
    ...(requestExample === undefined ? {} : body),
  }
}

function clientSample(operation: DocumentedOperation, baseUrl: string): CodeSample {
  const { operationId, credentials, requestExample, query } = operation
  const options = credentials.map(
    ([scheme, { type }]) =>
      `  ${type === 'http' ? 'token' : 'otpSecret'}: process.env.${variableOf(scheme)}!,\n`,
  )
  const argument = inspect(requestExample ?? query, { depth: null, breakLength: 60 })
  return {
    lang: 'TypeScript',
    label: 'TypeScript client',
    source: `import { createClient } from '@risumail-otp/client'

const otp = createClient({
  baseUrl: '${baseUrl}',
${options.join('')}})

const result = await otp.${operationId}(${argument})
console.log(JSON.stringify(result, null, 2))
`,
  }
}

function variableOf(scheme: string): string {
  const variable = credentialVariables[scheme]
  if (variable === undefined) throw new Error(`no environment variable is named for the scheme ${scheme}`)
  return variable
}
