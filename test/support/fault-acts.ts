import type { Act } from './fault-server.ts'

/** Sends this reply instead. */
export const replies =
  (text: string): Act =>
  ({ say }) =>
    say(text)

/** Never replies again. */
export const isSilent: Act = () => {}

/** Closes the connection without a reply. */
export const hangsUp: Act = ({ socket }) => socket.destroy()

/** Resets the connection. */
export const resets: Act = ({ socket }) => socket.resetAndDestroy()

/** Closes its half of the connection without a reply and keeps reading. */
export const halfCloses: Act = ({ socket }) => socket.end()

/** Sends this text at one byte per second. */
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

/** Acts normally once the promise resolves. */
export const waitsFor =
  (when: () => Promise<unknown>): Act =>
  async ({ usual }) => {
    await when()
    usual()
  }

/** Acts normally, and then does this too. */
export const and =
  (more: Act): Act =>
  (talk) => {
    talk.usual()
    more(talk)
  }

/** Does this once, on the first connection that has already carried an email. Otherwise acts normally. */
export const onceInUse = (act: Act): Act => {
  let isDone = false
  return (talk) => {
    if (isDone || !talk.isUsed) return talk.usual()
    isDone = true
    act(talk)
  }
}
