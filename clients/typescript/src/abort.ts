// What older platforms lack of `AbortSignal`: `reason`, `throwIfAborted` and `DOMException`.

/** Why the signal was aborted, or an `AbortError` where the platform keeps no reason. */
export function reasonOf(signal: AbortSignal): unknown {
  if (signal.reason !== undefined) return signal.reason
  const error = new Error('This operation was aborted')
  error.name = 'AbortError'
  return error
}
