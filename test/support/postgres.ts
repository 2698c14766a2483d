import pg from 'pg'

const base = process.env['TMP_PG']
export const postgres = base
let n = 0
export async function createDatabase() {
  const name = `t_${process.pid}_${Date.now()}_${n++}`
  const run = async (q: string) => {
    const c = new pg.Client(base + '/postgres')
    await c.connect()
    await c.query(q)
    await c.end()
  }
  await run(`create database ${name}`)
  return { url: `${base}/${name}`, drop: () => run(`drop database ${name} with (force)`) }
}
