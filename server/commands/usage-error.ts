/** A command that was asked for something that cannot be, in a sentence for whoever asked. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
