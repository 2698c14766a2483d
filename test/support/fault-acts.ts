import type { Act } from './fault-server.ts'

/** Says this instead. */
export const replies =
  (text: string): Act =>
  ({ say }) =>
    say(text)

/** Never says anything again. */
export const isSilent: Act = () => {}

/** Closes the connection without a word. */
export const hangsUp: Act = ({ socket }) => socket.destroy()

/** Resets the connection. */
export const resets: Act = ({ socket }) => socket.resetAndDestroy()

/** Closes its half of the connection without a word and reads on. */
export const halfCloses: Act = ({ socket }) => socket.end()

/** Says this at one byte a second. */
export const drips =
  (text: string): Act =>
  ({ socket }) => {
    const bytes = [...`${text}\r\n`]
    const dripping = setInterval(() => {
      const byte = bytes.shift()
      if (byte === undefined || !socket.writable) clearInterval(dripping)
      else socket.write(byte)
    }, 1000)
    socket.on('close', () => clearInterval(dripping))
  }

/** Does the usual thing once the promise is kept. */
export const waitsFor =
  (when: () => Promise<unknown>): Act =>
  async ({ usual }) => {
    await when()
    usual()
  }

/** Does the usual thing, and then this as well. */
export const and =
  (more: Act): Act =>
  (talk) => {
    talk.usual()
    more(talk)
  }

/** Does this once, on the first connection that has carried a mail before, and the usual thing from then on. */
export const onceInUse = (act: Act): Act => {
  let isDone = false
  return (talk) => {
    if (isDone || !talk.isUsed) return talk.usual()
    isDone = true
    act(talk)
  }
}
