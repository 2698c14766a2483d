import { openConnection } from '../../server/store/sqlite/connection.ts'

// Another process on the same store. It runs the SQL that it receives and reports when it is done.
const store = openConnection(process.argv[2] as string)
process.on('message', (text: string) => {
  store.exec(text)
  process.send?.('done')
})
process.on('disconnect', () => process.exit())
