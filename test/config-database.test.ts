import { describe, expect, it } from 'vitest'
import { load } from './support/config.ts'

describe('the configuration', () => {
  it.each([
    ['sqlite::memory:', /a store in memory/],
    ['sqlite:file::memory:?cache=shared', /a store in memory/],
    ['sqlite://host/path', /must be sqlite:PATH or postgres/],
    ['mysql://user:hunter2@db.example/otp', /must be sqlite:PATH or postgres/],
    ['postgres://user:hun/ter2@db.example/otp', /percent-encode/],
    ['postgres://user:hunter2@db.example', /must name one database/],
    ['postgres://user:hunter2@db.example/a/b', /must name one database/],
    ['postgres://db.example/otp', /must contain a user and a host/],
    ['postgres://user:hunter2@one.example,two.example/otp', /must name one host/],
    ['postgres://user:hunter2@one.example:5432,two.example:5432/otp', /must name one host/],
    ['postgres://user:hunter2@db.example/otp#x', /fragment/],
    ['postgres://user:hunter%2@db.example/otp', /%25/],
    [
      'postgres://user:hunter2@db.example/otp?sslMode=disable',
      /unknown option sslMode; the known options are sslmode,/,
    ],
    ['postgres://user:hunter2@db.example/otp?sslmode=prefer', /value of sslmode/],
    ['postgres://user:hunter2@db.example/otp?prepare=no', /value of prepare/],
    ['postgres://user:hunter2@db.example/otp?pool=0', /value of pool/],
  ])('refuses DATABASE_URL=%s, says why, and repeats no password', (value, reason) => {
    expect(() => load({ DATABASE_URL: value })).toThrow(reason)
    expect(() => load({ DATABASE_URL: value })).not.toThrow(/hunter/)
  })

  // better-sqlite3 would open the file without the space, after the server has made a private one with it.
  it.each(['sqlite:a b.db', 'sqlite: a b.db', 'sqlite:a b.db ', 'sqlite:\ta b.db\u00a0\n'])(
    'reads %j without the white space around the path',
    (value) => {
      expect(load({ DATABASE_URL: value }).database).toEqual({ engine: 'sqlite', path: 'a b.db' })
    },
  )

  it('reads a PostgreSQL URL, and requires verified TLS unless the database is on this machine', () => {
    const { database } = load({
      DATABASE_URL: 'postgresql://us%40er:p%2Fw@db.example:6432/o%20tp?prepare=false&pool=4',
    })
    expect(database).toEqual({
      engine: 'postgres',
      host: 'db.example',
      port: 6432,
      database: 'o tp',
      user: 'us@er',
      password: 'p/w',
      sslMode: 'verify-full',
      sslRootCertificate: undefined,
      isPrepared: false,
      poolSize: 4,
    })
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      expect(load({ DATABASE_URL: `postgres://u@${host}/otp` }).database).toMatchObject({
        sslMode: 'disable',
      })
    }
  })
})
