import { openConnection } from '../../server/store/sqlite/connection.ts'

// Another process on the same store: runs what it is sent, and says when that is done.
const store = openConnection(process.argv[2] as string)
process.on('message', (text: string) => {
  store.exec(text)
  process.send?.('done')
})
process.on('disconnect', () => process.exit())
