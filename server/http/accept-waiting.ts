import { connect, type Server, type Socket } from 'node:net'

// An upper bound: in a flood, more connections always wait.
const longestMs = 1_000

/**
 * Accepts every connection that waits in the backlog of the socket. When the socket closes, the system resets those that
 * still wait, and their data is lost. Nothing shows the length of the backlog, but it is a queue. So we connect to
 * ourselves: when our own connection is accepted first, no other one waits.
 */
export async function acceptWaiting(server: Server): Promise<void> {
  const giveUpAt = performance.now() + longestMs
  while ((await countBeforeOurs(server)) > 0 && performance.now() < giveUpAt);
}

/** Connects to this server, and counts the connections that it accepts before that one. */
function countBeforeOurs(server: Server): Promise<number> {
  const address = server.address()
  if (address === null || typeof address === 'string') return Promise.resolve(0)
  const ours = connect(address.port, reachable[address.address] ?? address.address)
  return new Promise((resolve) => {
    const accepted: Socket[] = []
    // Whether we or the server notice the connection first is not defined, so both look.
    const look = () => {
      const place = accepted.findIndex((socket) => isOtherEnd(socket, ours))
      if (place >= 0) end(place)
    }
    const onConnection = (socket: Socket) => {
      accepted.push(socket)
      look()
    }
    const end = (count: number) => {
      server.off('connection', onConnection)
      accepted[count]?.destroy()
      ours.destroy()
      resolve(count)
    }
    server.on('connection', onConnection)
    ours.once('connect', look)
    ours.once('error', () => end(0)) // Then we close as any server does.
  })
}

const reachable: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

function isOtherEnd(accepted: Socket, { localAddress, localPort }: Socket): boolean {
  return (
    localPort !== undefined && accepted.remotePort === localPort && accepted.remoteAddress === localAddress
  )
}
