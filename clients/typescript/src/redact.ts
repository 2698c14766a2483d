/** Removes the credentials from a text that the server sent. A longer word that contains one stays unchanged. */
export function redactor(credentials: readonly string[]): (text: string) => string {
  return (text) =>
    text.replace(/[!-~]+/g, (word) => {
      if (credentials.includes(word)) return mark
      return word.replace(/[\w-]+/g, (part) => (credentials.includes(part) ? mark : part))
    })
}

const mark = '[redacted]'
