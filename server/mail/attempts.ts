import type { Readable } from 'node:stream'
import type { Transporter } from 'nodemailer'

/**
 * Watches every mail of a pooled transport, so that after a failure one can ask, by the mail's abort signal, whether
 * its message may be with the SMTP server. Nodemailer says why a delivery failed, but not how far it had got.
 */
export function watchAttempts(transport: Pick<Transporter, 'use'>): (signal: AbortSignal) => boolean {
  // One stream for each connection that the message was tried on.
  const streams = new WeakMap<AbortSignal, Readable[]>()

  transport.use('stream', ({ message, data: { signal } }, done) => {
    if (message === undefined || signal === undefined) return done()
    const opened: Readable[] = []
    streams.set(signal, opened)
    // The stream as the connection reads it, behind the DKIM signer, which takes the whole message in beforehand.
    const createReadStream = message.createReadStream.bind(message)
    message.createReadStream = (options) => {
      const stream = createReadStream(options)
      opened.push(stream)
      return stream
    }
    // Nodemailer keeps a refused sender in the envelope, and would refuse every further attempt itself: the one
    // after the 421 with which a server ends an idle connection, too.
    const envelope = message.getEnvelope()
    message.getEnvelope = () => ({ ...envelope })
    done()
  })

  // Reading begins after the server's 354, and a mail of ours then leaves in one go: from the first byte on, the
  // last one may be out. Nodemailer itself tries a message again on another connection only before that.
  return (signal) => streams.get(signal)?.some((stream) => stream.readableDidRead) ?? false
}
