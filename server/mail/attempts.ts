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
 * Watches every mail of a pooled transport, so that after a failure one can ask, by the mail's abort signal, how far it
 * had got. Nodemailer says why a delivery failed, but not how far.
 */
export function watchAttempts(
  transport: Pick<Transporter, 'use'>,
  isSigned: boolean,
): (signal: AbortSignal) => Progress {
  // One stream for each connection that the message was tried on, over all tries of one mail.
  const watched = new WeakMap<AbortSignal, Watched>()

  transport.use('stream', ({ message, data: { signal, raw } }, done) => {
    if (message === undefined || signal === undefined) return done()
    const progress: Watched = { streams: watched.get(signal)?.streams ?? [], isBegun: false }
    watched.set(signal, progress)
    // Nodemailer keeps a refused sender in the envelope, and would refuse every further attempt itself: the one
    // after the 421 with which a server ends an idle connection, too.
    const envelope = message.getEnvelope()
    message.getEnvelope = () => {
      progress.isBegun = true
      progress.begunAt = performance.now()
      return { ...envelope }
    }
    // The stream that the connection reads. It comes from behind the DKIM signer, if there is one. Without a signer,
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

  // Reading begins after the server's 354, and a mail of ours then leaves in one go: from the first byte on, the
  // last one may be out. Nodemailer itself tries a message again on another connection only before that.
  return (signal) => {
    const { streams = [], isBegun = false, begunAt, readAt } = watched.get(signal) ?? {}
    return { isBegun, begunAt, readAt, isRead: streams.some((stream) => stream.readableDidRead) }
  }
}
