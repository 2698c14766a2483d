import { constants, fstatSync, openSync, writeSync } from 'node:fs'
import type { DestinationStream } from 'pino'

export interface LogDestination extends DestinationStream {
  /** Writes as many of the waiting lines as possible. For the end of the process. */
  flushSync(): void
}

interface DestinationOptions {
  /** How many bytes may wait while the reader does not read. */
  longestWait?: number
  /** Writes some of the bytes and returns how many. Throws the errors of the file system. */
  write?: (bytes: Buffer) => number
  /** Returns the line that says how many lines were lost. */
  lossOf?: (count: number) => string
}

const retryMs = 100

/**
 * Writes log lines. The lines of one turn of the event loop go out together. If the log cannot be written, lines are
 * lost. That happens if the disk is full, or if the reader is gone or does not read. Once writing works again, a line
 * says how many were lost. Logging never delays a request or the end of the process. This is our own code, because
 * pino's destination tries again forever at the end, and its buffer does not count what it drops.
 */
export function createLogDestination(descriptor: number, options: DestinationOptions = {}): LogDestination {
  const { longestWait = 1024 * 1024, lossOf = lossLine } = options
  const own = nonBlocking(descriptor)
  const write = options.write ?? ((bytes: Buffer) => writeSync(own, bytes))
  let queue: Entry[] = []
  let queuedBytes = 0
  /** How many bytes of the first entry are written. */
  let head = 0
  let lost = 0
  let isScheduled = false

  const flush = () => {
    isScheduled = false
    if (lost > 0 && head === 0) {
      const isLineOpen = queue[0]?.lines === 0
      queue.splice(isLineOpen ? 1 : 0, 0, { bytes: Buffer.from(lossOf(lost)), lines: lost })
      lost = 0
    }
    try {
      while (queue.length > 0) advance(write(Buffer.concat(queue.map(({ bytes }) => bytes)).subarray(head)))
    } catch (error) {
      const isFull = (error as NodeJS.ErrnoException).code === 'EAGAIN'
      if (isFull) schedule(() => setTimeout(flush, retryMs).unref())
      else loseQueue()
    }
  }

  const advance = (written: number) => {
    head += written
    for (let [first] = queue; first && head >= first.bytes.length; [first] = queue) {
      head -= first.bytes.length
      queuedBytes -= first.bytes.length
      queue.shift()
    }
  }

  const loseQueue = () => {
    lost += queue.reduce((sum, { lines }) => sum + lines, 0)
    // End a partly written line, so that the next entry starts on its own line.
    queue = head > 0 ? [{ bytes: Buffer.from('\n'), lines: 0 }] : []
    queuedBytes = queue.length
    head = 0
  }

  const schedule = (later: () => unknown) => {
    if (isScheduled) return
    isScheduled = true
    later()
  }

  return {
    write(line) {
      const bytes = Buffer.from(line)
      if (queuedBytes + bytes.length > longestWait) {
        lost += 1
        return
      }
      queue.push({ bytes, lines: 1 })
      queuedBytes += bytes.length
      schedule(() => setImmediate(flush))
    },
    flushSync: flush,
  }
}

/** Bytes that belong together, and the number of lines that are lost with them. */
interface Entry {
  bytes: Buffer
  lines: number
}

function lossLine(count: number): string {
  return `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), lost: count, msg: 'log lines were lost' })}\n`
}

/** Opens a pipe a second time, so that a write fails instead of waiting for the reader. */
function nonBlocking(descriptor: number): number {
  try {
    if (!fstatSync(descriptor).isFIFO()) return descriptor // only a pipe waits for a reader
    const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_NONBLOCK
    return openSync(`/proc/self/fd/${descriptor}`, flags)
  } catch {
    return descriptor // not Linux
  }
}
