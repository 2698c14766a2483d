import { describe, expect, it } from 'vitest'
import { Lanes } from '../../server/mail/lanes.ts'

/** Opens lanes on a clock that the test moves. `begun` names the deliveries that were allowed to start. */
function openLanes(maxConnections = 16) {
  let now = 0
  const lanes = new Lanes({ maxConnections, now: () => now })
  const begun: string[] = []
  const leave = new Map<string, (isAccepted: boolean) => void>()
  const enter = async (
    name: string,
    domain: string,
    network?: string,
    signal = new AbortController().signal,
  ) => {
    leave.set(name, await lanes.enter({ domain, network }, signal))
    begun.push(name)
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    begun,
    enter,
    settle,
    leave: async (name: string, tookMs: number, isAccepted = true) => {
      now += tookMs
      leave.get(name)?.(isAccepted)
      await settle()
    },
    pass: (ms: number) => {
      now += ms
    },
    /** Makes a domain known as quick. */
    learn: async (domain: string) => {
      await enter(`learn ${domain}`, domain)
      leave.get(`learn ${domain}`)?.(true)
      begun.length = 0
    },
  }
}

describe('the connections to the mail server', () => {
  it.each([2, 3, 4, 8, 16, 100])(
    'serve domains not known to be quick with at most half of %i, even if each domain is different',
    async (connections) => {
      const { begun, enter, settle, learn } = openLanes(connections)
      await learn('quick.example')
      for (let n = 0; n < 3 * connections; n++) void enter(`slow ${n}`, `slow-${n}.example`)
      await settle()
      expect(begun).toHaveLength(Math.floor(connections / 2))
      for (let n = 0; n < 3 * connections; n++) void enter(`quick ${n}`, 'quick.example')
      await settle()
      expect(begun).toHaveLength(connections)
    },
  )

  it('serve one client network with at most a quarter of them', async () => {
    const { begun, enter, settle, learn } = openLanes()
    await learn('quick.example')
    for (let n = 0; n < 9; n++) void enter(`a ${n}`, 'quick.example', 'a')
    for (let n = 0; n < 9; n++) void enter(`b ${n}`, 'quick.example', 'b')
    for (let n = 0; n < 3; n++) void enter(`server key ${n}`, 'quick.example')
    await settle()
    expect(begun.map((name) => name.slice(0, 1)).join('')).toBe('aaaabbbbsss')
  })

  it('serve the waiting deliveries in order as soon as one is free', async () => {
    const { begun, enter, settle, leave } = openLanes(2)
    for (const name of ['first', 'second', 'third']) void enter(name, 'slow.example')
    await settle()
    expect(begun).toEqual(['first'])
    await leave('first', 100)
    expect(begun).toEqual(['first', 'second', 'third']) // because the domain is now known to be quick
  })

  it.each([
    ['took two seconds', 2_000, true, 8],
    ['took two seconds and was refused', 2_000, false, 8],
    ['was refused at once', 100, false, 16],
  ])('depend on the last delivery to the domain: it %s', async (_what, tookMs, isAccepted, most) => {
    const { begun, enter, settle, learn, leave } = openLanes()
    await learn('turns.example')
    await enter('turn', 'turns.example')
    await leave('turn', tookMs, isAccepted)
    for (let n = 0; n < 20; n++) void enter(`${n}`, 'turns.example')
    await settle()
    expect(begun).toHaveLength(1 + most)
  })

  it('are limited for a quick domain while deliveries to it stall', async () => {
    const { begun, enter, settle, learn, pass } = openLanes()
    await learn('stalls.example')
    for (let n = 0; n < 8; n++) await enter(`stalling ${n}`, 'stalls.example')
    pass(2_000)
    for (let n = 0; n < 8; n++) void enter(`next ${n}`, 'stalls.example')
    await settle()
    expect(begun).toHaveLength(8)
  })

  it('skip a delivery that has waited too long, and serve the next one', async () => {
    const { begun, enter, settle, leave } = openLanes(2)
    const deadline = new AbortController()
    await enter('first', 'slow.example')
    const late = enter('late', 'slow.example', undefined, deadline.signal)
    void enter('next', 'slow.example')
    deadline.abort(new Error('too late'))
    await expect(late).rejects.toThrow('too late')
    await leave('first', 100)
    await settle()
    expect(begun).toEqual(['first', 'next'])
  })
})
