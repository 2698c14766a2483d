/** Takes the credentials out of a text that comes from the other side; a longer word that contains one stays as it is. */
export function redactor(credentials: readonly string[]): (text: string) => string {
  return (text) =>
    text.replace(/[!-~]+/g, (word) => {
      if (credentials.includes(word)) return mark
      return word.replace(/[\w-]+/g, (part) => (credentials.includes(part) ? mark : part))
    })
}

const mark = '[redacted]'
