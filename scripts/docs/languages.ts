/**
 * The languages of the code samples: which generator of httpsnippet writes them, and what is put right afterwards,
 * so that a sample is a whole program that reads its credential from the environment and prints the answer.
 */

export interface Language {
  /** The title of the tab. */
  label: string
  /** What the highlighter calls it. */
  lang: string
  /** The target and the client of httpsnippet. */
  generator: [target: string, client: string]
  /** The expression for a text followed by the value of an environment variable. */
  withVariable: (text: string, variable: string) => string
  finish: (source: string) => string
}

/** Replaces what must be there, so that a generator that writes something new is noticed. */
function replaced(source: string, found: string | RegExp, replacement: string): string {
  const result = source.replace(found, () => replacement)
  if (result === source) throw new Error(`the generated sample has no ${found}:\n${source}`)
  return result
}

const quoted = (text: string) => (text === '' ? '' : `"${text}" + `)

export const languages: Language[] = [
  {
    label: 'curl',
    lang: 'Shell',
    generator: ['shell', 'curl'],
    withVariable: (text, variable) => `"${text}$${variable}"`,
    finish: (source) => source,
  },
  {
    label: 'JavaScript',
    lang: 'JavaScript',
    generator: ['javascript', 'fetch'],
    withVariable: (text, variable) =>
      text === '' ? `process.env.${variable}` : `\`${text}\${process.env.${variable}}\``,
    finish: (source) => replaced(source, 'console.log(data)', 'console.log(JSON.stringify(data, null, 2))'),
  },
  {
    label: 'Python',
    lang: 'Python',
    generator: ['python', 'requests'],
    withVariable: (text, variable) => `${quoted(text)}os.environ["${variable}"]`,
    finish: (source) => `import os\n\n${replaced(source, 'print(response.json())', 'print(response.text)')}`,
  },
  {
    label: 'PHP',
    lang: 'PHP',
    generator: ['php', 'curl'],
    withVariable: (text, variable) => `"${text}" . getenv("${variable}")`,
    finish: (source) => source,
  },
  {
    label: 'Go',
    lang: 'Go',
    generator: ['go', 'native'],
    withVariable: (text, variable) => `${quoted(text)}os.Getenv("${variable}")`,
    finish: finishGo,
  },
  {
    label: 'Ruby',
    lang: 'Ruby',
    generator: ['ruby', 'native'],
    withVariable: (text, variable) =>
      text === '' ? `ENV.fetch("${variable}")` : `"${text}#{ENV.fetch("${variable}")}"`,
    finish: (source) => source,
  },
  {
    label: 'Java',
    lang: 'Java',
    generator: ['java', 'nethttp'],
    withVariable: (text, variable) => `${quoted(text)}System.getenv("${variable}")`,
    finish: finishJava,
  },
  {
    label: 'C#',
    lang: 'C#',
    generator: ['csharp', 'httpclient'],
    withVariable: (text, variable) => `${quoted(text)}Environment.GetEnvironmentVariable("${variable}")`,
    finish: (source) => source,
  },
]

/** Imports the environment, stops at an error, prints only the body. */
function finishGo(source: string): string {
  const packages = ['fmt', 'io', 'net/http', 'os', ...(source.includes('strings.') ? ['strings'] : [])]
  const imports = packages.map((name) => `\t"${name}"\n`).join('')
  const call = 'http.DefaultClient.Do(req)'
  const stopping = `res, err := ${call}\n\tif err != nil {\n\t\tpanic(err)\n\t}`
  return [
    [/import \([^)]*\)/, `import (\n${imports})`],
    [`res, _ := ${call}\n`, stopping],
    ['\tfmt.Println(res)\n', ''],
    ['{\n\n\t', '{\n\t'],
    ['\n\n}', '\n}'],
  ].reduce(
    (text, [found, replacement]) => replaced(text, found as string | RegExp, replacement as string),
    source,
  )
}

/** Makes the statements a class that `java Sample.java` runs. */
function finishJava(source: string): string {
  return `import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class Sample {
    public static void main(String[] args) throws Exception {
${source.trimEnd().replace(/^/gm, '        ')}
    }
}
`
}
