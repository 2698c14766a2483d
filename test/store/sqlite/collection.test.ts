import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { Command } from '../../support/process.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const folder = temporaryFolder()

// Only since Node.js 24.19 can this end a process.
it('a process keeps running when V8 collects objects after queries, closed connections and backups', async () => {
  const program = [
    '--import',
    import.meta.resolve('tsx'),
    fileURLToPath(import.meta.resolve('../../support/collecting.ts')),
  ]
  const child = new Command(folder, [join(folder, 'store.db'), join(folder, 'copy.db')], {}, program)
  const { code, stdout, stderr } = await child.finished()
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'done\n', stderr: '' })
})
