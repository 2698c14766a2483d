/** The command cannot do what the user asked for. The message is a sentence for the user. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
