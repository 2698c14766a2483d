/**
 * NODE_OPTIONS that make a process crash on a signal. The error's message is `CRASH_WITH`. The error and its cause hold a
 * mail server's reply, `CRASH_REPLY`. SIGUSR2 throws the error. SIGHUP rejects a promise with it that nobody awaits.
 */
export const crashOnSignal = (() => {
  const source = `
    const { CRASH_WITH: message, CRASH_REPLY: response } = process.env
    const make = () => Object.assign(
      new Error(message, { cause: Object.assign(new Error('Invalid login: ' + response), { response }) }),
      { input: message, response, command: 'AUTH PLAIN ' + btoa(response) },
    )
    process.on('SIGUSR2', () => setImmediate(() => { throw make() }))
    process.on('SIGHUP', () => void Promise.reject(make()))
  `
  return `--import data:text/javascript;base64,${btoa(source)}`
})()
