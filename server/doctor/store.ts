import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DatabaseLocation } from '../config/database.ts'
import type { Engine } from '../store/engine.ts'
import { checkWritable } from '../store/readiness.ts'
import { isOpenToOthers } from '../store/sqlite/connection.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

const leastFree = 1024 ** 3

/** Checks whether the store can be used as it is. */
export async function checkStore(location: DatabaseLocation, engine: Engine): Promise<Finding[]> {
  const findings = [await writes(engine)]
  if (location.engine === 'sqlite') findings.push(...(await file(location.path)))
  return findings
}

async function writes(engine: Engine): Promise<Finding> {
  const pending = await engine.pendingMigrations()
  if (pending.length > 0)
    return warning(
      'store',
      `It is from an older version. These migrations would run: ${pending.join(', ')}.`,
      'Make a backup, then run risumail-otp migrate or start the server.',
    )
  try {
    await checkWritable(engine)
    return ok('store', 'It accepts writes.')
  } catch {
    return problem(
      'store',
      'It does not accept writes.',
      'Check the disk, the file permissions, and the log of the server.',
    )
  }
}

async function file(path: string): Promise<Finding[]> {
  const { bavail, bsize } = await statfs(dirname(path))
  const free = bavail * bsize
  const inWords = `${(free / 1024 ** 3).toFixed(1)} GiB are free.`
  return [
    isOpenToOthers(path)
      ? problem('store file', `${path} can be read by other users of this machine.`, `chmod 600 ${path}`)
      : ok('store file', 'Only this user can read it.'),
    free < leastFree
      ? warning('disk', inWords, 'Free some space: when the disk is full, the server answers 503.')
      : ok('disk', inWords),
  ]
}
