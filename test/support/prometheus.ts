/** Returns every value of every label in Prometheus' text format. */
export function labelsIn(text: string): Map<string, Set<string>> {
  const labels = new Map<string, Set<string>>()
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) continue
    for (const [, name = '', value = ''] of line.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g))
      labels.set(name, (labels.get(name) ?? new Set()).add(value))
  }
  return labels
}

/** Returns the value of one series in the text. */
export function seriesValue(text: string, series: string): number | undefined {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.slice(series.length + 1))
}

/** Returns the names of the series in the text, including the series that make up a histogram. */
export function namesIn(text: string): Set<string> {
  return new Set([...text.matchAll(/^([a-zA-Z_:][\w:]*)(?=[{ ])/gm)].map(([, name = '']) => name))
}
