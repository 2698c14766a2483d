import { Readable } from 'node:stream'
import type { Transporter } from 'nodemailer'
import type { Progress } from './failure.ts'

interface Watched {
  streams: Readable[]
  isBegun: boolean
  begunAt?: number
  readAt?: number
}

/**
 * Watches every email of a pooled transport. The returned function takes the abort signal of a failed email and tells
 * how far that email got. Nodemailer reports why a delivery failed, but not how far it got.
 */
export function watchAttempts(
  transport: Pick<Transporter, 'use'>,
  isSigned: boolean,
): (signal: AbortSignal) => Progress {
  // One stream for each connection that tried the message, over all tries of one email.
  const watched = new WeakMap<AbortSignal, Watched>()

  transport.use('stream', ({ message, data: { signal, raw } }, done) => {
    if (message === undefined || signal === undefined) return done()
    const progress: Watched = { streams: watched.get(signal)?.streams ?? [], isBegun: false }
    watched.set(signal, progress)
    // Nodemailer keeps a refused sender in the envelope, and would itself refuse every later attempt. That includes the
    // attempt after a server ended an idle connection with 421.
    const envelope = message.getEnvelope()
    message.getEnvelope = () => {
      progress.isBegun = true
      progress.begunAt = performance.now()
      return { ...envelope }
    }
    // The connection reads this stream. If there is a DKIM signer, it is the signer's output. Without a signer,
    // nodemailer's own streams would change nothing and cost time.
    const signed = message.createReadStream.bind(message)
    message.createReadStream = (options) => {
      const stream = isSigned
        ? signed(options)
        : Readable.from([Buffer.from(String(raw))], { objectMode: false })
      progress.streams.push(stream)
      progress.readAt = performance.now()
      return stream
    }
    done()
  })

  // The connection starts to read after the server's 354, and our email then leaves in one go. So once the first byte
  // is read, the last one may be out too. Nodemailer itself retries on another connection only before that.
  return (signal) => {
    const { streams = [], isBegun = false, begunAt, readAt } = watched.get(signal) ?? {}
    return { isBegun, begunAt, readAt, isRead: streams.some((stream) => stream.readableDidRead) }
  }
}
