import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, inject, it } from 'vitest'
import { createLogDestination } from '../../server/log-destination.ts'
import { testEnvironment } from '../support/environment.ts'
import { askRaw } from '../support/raw-http.ts'
import { mountSmallDisk } from '../support/store-faults.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = temporaryFolder()

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A server whose log goes to `output`, a descriptor or a pipe. */
class LoggingServer {
  readonly child: ChildProcess
  readonly #url: string

  private constructor(child: ChildProcess, url: string) {
    this.child = child
    this.#url = url
  }

  static async start(output: number | 'pipe', name: string): Promise<LoggingServer> {
    const port = await freePort()
    const environment = {
      ...testEnvironment,
      PORT: String(port),
      DATABASE_URL: `sqlite:${join(folder, name)}`,
    }
    const child = spawn(process.execPath, [inject('program'), 'serve'], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', ...environment, LOG_LEVEL: 'info' },
      stdio: ['ignore', output, 'ignore'],
    })
    const server = new LoggingServer(child, `http://127.0.0.1:${port}`)
    await expect.poll(() => server.isUp(), { timeout: 20_000 }).toBe(true)
    return server
  }

  isUp(): Promise<boolean> {
    return this.ask('/livez').then(
      (status) => status === 200,
      () => false,
    )
  }

  async ask(path: string): Promise<number> {
    return (await askRaw(this.#url + path)).status
  }

  /** @returns the exit code; null if the process had to be killed */
  async end(): Promise<number | null> {
    const exited = once(this.child, 'exit')
    this.child.kill('SIGTERM')
    const tooLate = setTimeout(() => this.child.kill('SIGKILL'), 12_000)
    await exited
    clearTimeout(tooLate)
    return this.child.exitCode
  }
}

const running: LoggingServer[] = []
const start = async (output: number | 'pipe', name: string) => {
  const server = await LoggingServer.start(output, name)
  running.push(server)
  return server
}
afterEach(() => {
  for (const { child } of running.splice(0)) child.kill('SIGKILL')
})

const answersManyTimes = async (server: LoggingServer) => {
  for (let n = 0; n < 50; n++) {
    expect(await server.ask('/livez')).toBe(200)
    expect(await server.ask(`/no/such/${'x'.repeat(2000)}`)).toBe(404)
  }
}

describe('a server whose log cannot be written', () => {
  it.runIf(existsSync('/dev/full'))('starts, serves and ends with a log device that is full', async () => {
    const full = openSync('/dev/full', 'w')
    const server = await start(full, 'full-device')
    closeSync(full)
    await answersManyTimes(server)
    expect(await server.end()).toBe(0)
  })

  it('serves and ends with a log pipe whose reader has exited', async () => {
    const server = await start('pipe', 'left')
    server.child.stdout?.destroy()
    await answersManyTimes(server)
    expect(await server.end()).toBe(0)
  })

  it('serves and ends with a log pipe whose reader does not read', async () => {
    const server = await start('pipe', 'unread')
    server.child.stdout?.pause()
    // This is more than the pipe and the server's queue can hold.
    for (let n = 0; n < 40; n++) {
      const asked = Array.from({ length: 100 }, () => server.ask(`/${'x'.repeat(200)}`))
      expect(new Set(await Promise.all(asked))).toEqual(new Set([404]))
    }
    expect(await server.end()).toBe(0)
  })

  const disk = mountSmallDisk()
  afterAll(() => disk?.unmount())
  it.runIf(disk !== undefined || process.env['CI'])(
    'serves while its disk is full, logs again when there is room, and ends',
    async () => {
      const path = join(disk?.folder ?? '', 'log')
      const log = openSync(path, 'a')
      const server = await start(log, 'full-disk')
      closeSync(log)
      const filler = join(disk?.folder ?? '', 'filler')
      try {
        writeFileSync(filler, Buffer.alloc(9 * 1024 * 1024))
      } catch {
        // the disk is full
      }
      await answersManyTimes(server)
      rmSync(filler)
      await server.ask('/after')
      await expect.poll(() => readFileSync(path, 'utf8')).toContain('log lines were lost')
      expect(await server.end()).toBe(0)
      expect(readFileSync(path, 'utf8')).toMatch(/"msg":"stopped"\}\n$/)
    },
  )
})

describe('the log destination', () => {
  const broken = (code: string) => Object.assign(new Error(code), { code })
  const turn = () => new Promise((resolve) => setImmediate(resolve))

  it('writes the lines of one turn together, and all waiting lines at the end', async () => {
    const written: string[] = []
    const write = (bytes: Buffer) => written.push(bytes.toString()) && bytes.length
    const destination = createLogDestination(1, { write })
    destination.write('a\n')
    destination.write('b\n')
    expect(written).toEqual([])
    await turn()
    expect(written).toEqual(['a\nb\n'])
    destination.write('c\n')
    destination.flushSync()
    expect(written).toEqual(['a\nb\n', 'c\n'])
  })

  it.each(['ENOSPC', 'EPIPE', 'EIO', 'EBADF'])(
    'counts the lines lost to %s, and logs the count later',
    async (code) => {
      const written: string[] = []
      let isBroken = true
      const write = (bytes: Buffer) => {
        if (isBroken) throw broken(code)
        return written.push(bytes.toString()) && bytes.length
      }
      const destination = createLogDestination(1, { write, lossOf: (count) => `lost ${count}\n` })
      for (let n = 0; n < 3; n++) {
        destination.write('x\n')
        destination.write('x\n')
        await turn()
      }
      destination.flushSync()
      isBroken = false
      destination.write('y\n')
      await turn()
      expect(written.join('')).toBe('lost 6\ny\n')
    },
  )

  it('loses no line to a slow reader, and no more than necessary to one that does not read', async () => {
    let room = 3
    let text = ''
    const write = (bytes: Buffer) => {
      const size = Math.min(room, bytes.length)
      if (size === 0) throw broken('EAGAIN')
      room -= size
      text += bytes.subarray(0, size)
      return size
    }
    const destination = createLogDestination(1, {
      write,
      longestWait: 20,
      lossOf: (count) => `lost ${count}\n`,
    })
    destination.write('12345\n')
    await turn()
    expect(text).toBe('123')
    for (let n = 0; n < 10; n++) destination.write('12345\n')
    room = 1000
    destination.flushSync()
    destination.write('end\n')
    destination.flushSync()
    const lines = text.split('\n').slice(0, -1)
    expect(lines.filter((line) => line === '12345').length + Number(/lost (\d+)/.exec(text)?.[1])).toBe(11)
    expect(new Set(lines.filter((line) => !line.startsWith('lost')))).toEqual(new Set(['12345', 'end']))
  })

  it('does not overwrite lines that others write to the same file', () => {
    const path = join(folder, 'shared')
    const file = openSync(path, 'w') // as a shell opens it
    const destination = createLogDestination(file)
    writeSync(file, 'banner\n')
    destination.write('line\n')
    destination.flushSync()
    writeSync(file, 'after\n')
    closeSync(file)
    expect(readFileSync(path, 'utf8')).toBe('banner\nline\nafter\n')
  })

  it('ends a line that it could write only in part', async () => {
    let text = ''
    let isBroken = true
    const write = (bytes: Buffer) => {
      if (isBroken && text !== '') throw broken('ENOSPC')
      const size = isBroken ? 2 : bytes.length
      text += bytes.subarray(0, size)
      return size
    }
    const destination = createLogDestination(1, { write, lossOf: (count) => `lost ${count}\n` })
    destination.write('12345\n')
    destination.flushSync()
    isBroken = false
    destination.write('next\n')
    destination.flushSync()
    destination.write('last\n')
    destination.flushSync()
    expect(text).toBe('12\nlost 1\nnext\nlast\n')
  })
})
