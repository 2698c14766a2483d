import type { Server } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'

// An upper bound: in a flood, more connections always wait.
const longestMs = 1_000
// One would do if nothing else happened in that turn. Of ten in a row, the last ones do no other work.
const quietTurns = 10

/**
 * Accepts every connection that waits in the backlog of the socket. When the socket closes, the system resets those that
 * still wait, and their data is lost. Each turn of the event loop accepts a connection if one waits. So we go on until
 * ten turns in a row accepted none.
 */
export async function acceptWaiting(server: Server): Promise<void> {
  const giveUpAt = performance.now() + longestMs
  let quiet = 0
  const onConnection = () => {
    quiet = 0
  }
  server.on('connection', onConnection)
  while (quiet < quietTurns && performance.now() < giveUpAt) {
    quiet += 1
    await nextTurn()
  }
  server.off('connection', onConnection)
}
