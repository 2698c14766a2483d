import { dirname } from 'node:path'
import { openConnection } from '../../server/store/sqlite/connection.ts'

// A process that uses SQLite in many ways, lets everything go, and then makes garbage. The pauses between its steps give
// V8 the opportunity to collect objects while no JavaScript runs.
const [, , path = '', target = ''] = process.argv
const nothing = () => 0
const fail = () => {
  throw new Error('no more of this backup')
}

async function use(): Promise<void> {
  for (let n = 0; n < 3; n++) {
    const connection = openConnection(path)
    connection.prepare(`select ${n} as n`).all()
    connection.exec('create table if not exists notes (text)')
    await connection.backup(target)
    await connection.backup(`${target}.${n}`, { progress: fail }).catch(nothing)
    await connection.backup(dirname(target)).catch(nothing)
    if (n > 0) connection.close()
  }
}

await use()
const steps = 400
let held: object[] = []
for (let step = 0; step < steps; step++) {
  for (let n = 0; n < 2_000; n++) held.push({ n, room: new Array(50).fill(n) })
  if (held.length > 60_000) held = []
  await new Promise((resolve) => setTimeout(resolve, 1))
}
process.stdout.write('done\n')
