import { constants, fstatSync, openSync, writeSync } from 'node:fs'
import type { DestinationStream } from 'pino'

export interface LogDestination extends DestinationStream {
  /** Writes what waits, as far as that goes; for the end of the process. */
  flushSync(): void
}

interface DestinationOptions {
  /** How many bytes may wait for a reader that does not read. */
  longestWait?: number
  /** Writes some of the bytes, and says how many; throws as the file system does. */
  write?: (bytes: Buffer) => number
  /** Makes the line that says how many were lost. */
  lossOf?: (count: number) => string
}

const retryMs = 100

/**
 * Where log lines go: those of one turn of the event loop together. A log that cannot be written, because its disk is
 * full or its reader is gone or does not read, loses lines, and says how many once it can be written again. It never
 * holds the process up, neither a request nor its end. Ours, because pino's own destination tries again for ever at the
 * end, and its buffer keeps no count of what it drops.
 */
export function createLogDestination(descriptor: number, options: DestinationOptions = {}): LogDestination {
  const { longestWait = 1024 * 1024, lossOf = lossLine } = options
  const own = nonBlocking(descriptor)
  const write = options.write ?? ((bytes: Buffer) => writeSync(own, bytes))
  let queue: Entry[] = []
  let queuedBytes = 0
  /** How much of the first entry is written. */
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
    // A line that was begun is ended, so that what comes after it is a line of its own.
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

/** What is written in one piece, and how many lines are lost with it. */
interface Entry {
  bytes: Buffer
  lines: number
}

function lossLine(count: number): string {
  return `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), lost: count, msg: 'log lines were lost' })}\n`
}

/** For a pipe, another end of it, on which a write fails instead of waiting for a reader that does not read. */
function nonBlocking(descriptor: number): number {
  try {
    if (!fstatSync(descriptor).isFIFO()) return descriptor // nothing else waits for a reader
    const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_NONBLOCK
    return openSync(`/proc/self/fd/${descriptor}`, flags)
  } catch {
    return descriptor // not Linux
  }
}
