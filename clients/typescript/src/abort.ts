// Older platforms lack `DOMException`, and `reason` and `throwIfAborted` on `AbortSignal`. This file avoids them.

/** Returns the signal's abort reason, or an `AbortError` if the platform does not keep a reason. */
export function reasonOf(signal: AbortSignal): unknown {
  if (signal.reason !== undefined) return signal.reason
  const error = new Error('This operation was aborted')
  error.name = 'AbortError'
  return error
}
