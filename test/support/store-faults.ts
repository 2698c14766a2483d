import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openConnection } from '../../server/store/sqlite/connection.ts'

/** A fault that prevents writes to a store, and its repair. */
export interface StoreFault {
  name: string
  begin: (path: string) => unknown
  end: (path: string) => unknown
  /** What a machine needs for this fault. Undefined if every machine has it. */
  needs?: string
  /** Stops what the fault started. */
  close?: () => unknown
}

/** Mounts a small file system that a test can fill. Undefined if this machine does not allow mounts. */
export function mountSmallDisk(): { folder: string; unmount: () => void } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
  let isMounted = true
  const unmount = () => {
    if (!isMounted) return
    isMounted = false
    execFileSync('umount', ['--lazy', folder])
    rmSync(folder, { recursive: true })
  }
  process.once('exit', unmount) // in case no test hook runs to do it
  return { folder, unmount }
}

const fillerOf = (path: string) => join(dirname(path), 'filler')

export const fullDisk: StoreFault = {
  name: 'a full disk',
  needs: 'a user who may mount a tmpfs',
  begin: async (path) => {
    // Empty the log first. Otherwise SQLite could overwrite the disk space that the log already has. SQLite cannot
    // shrink the log while the server still reads in this turn of the event loop, so try again.
    const store = openConnection(path)
    const truncate = store.prepare('pragma wal_checkpoint(truncate)')
    while ((truncate.get() as { busy: number }).busy !== 0) await new Promise((next) => setImmediate(next))
    store.close()
    writeFileSync(fillerOf(path), '')
    for (const size of [1024 * 1024, 4096, 1]) {
      try {
        for (;;) appendFileSync(fillerOf(path), Buffer.alloc(size))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    }
  },
  end: (path) => rmSync(fillerOf(path)),
}

// Makes writes to an open file fail, as on a failing disk.
const limitFileSize = (bytes: string) =>
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`], { stdio: 'ignore' })

export const failingDisk: StoreFault = {
  name: 'a disk that fails every write',
  needs: 'prlimit (util-linux)',
  begin: () => limitFileSize('0'),
  end: () => limitFileSize('unlimited'),
}

// Not the shared memory file next to them. If it is read-only, writing to it raises SIGBUS instead of an error.
const filesOf = (path: string) => [path, `${path}-wal`].filter((file) => existsSync(file))

/** A file that nobody can write to: not root, and not a process that already has it open. */
export const readOnlyFile: StoreFault = {
  name: 'a file that is read-only',
  needs: 'a user who may chattr +i, on a file system that knows it',
  begin: (path) => execFileSync('chattr', ['+i', ...filesOf(path)], { stdio: 'ignore' }),
  end: (path) => execFileSync('chattr', ['-i', ...filesOf(path)], { stdio: 'ignore' }),
}

/** True if the fault works on this machine and prevents writes to a file in that folder that is already open. */
export function canBeMade(fault: StoreFault, folder: string): boolean {
  const path = join(folder, 'tried')
  const opened = openSync(path, 'a')
  try {
    fault.begin(path)
    try {
      writeSync(opened, 'x')
      return false
    } catch {
      return true
    } finally {
      fault.end(path)
    }
  } catch {
    return false
  } finally {
    closeSync(opened)
    rmSync(path)
  }
}

export function heldLock(): StoreFault {
  let other: ChildProcess | undefined
  const say = async (path: string, text: string) => {
    other ??= fork(fileURLToPath(new URL('./lock-holder.ts', import.meta.url)), [path], {
      execArgv: ['--import', fileURLToPath(import.meta.resolve('tsx'))],
    })
    other.send(text)
    await once(other, 'message')
  }
  return {
    name: 'another process that holds the lock',
    begin: (path) => say(path, 'begin exclusive'),
    end: (path) => say(path, 'rollback'),
    close: () => other?.disconnect(),
  }
}

export const movedFile: StoreFault = {
  name: 'a file that was moved away',
  begin: (path) => renameSync(path, `${path}.moved`),
  end: (path) => renameSync(`${path}.moved`, path),
}

export const replacedFile: StoreFault = {
  name: 'another file in its place',
  begin: (path) => {
    renameSync(path, `${path}.moved`)
    closeSync(openSync(path, 'w'))
  },
  end: movedFile.end,
}
