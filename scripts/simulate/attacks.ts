import { type Attack, addressesOf } from './attack.ts'
import { massGuessing, onePerson } from './guessing.ts'
import { blocking, harvesting, resending, stalling, usingUp, variants } from './sending.ts'

export const attacks: readonly Attack[] = [
  massGuessing('1 IPv4 address', 4, 0.01),
  massGuessing('one IPv6 /48', 4, 0.05),
  massGuessing('10,000 IPv4 addresses', 4, 0.5),
  massGuessing('1 IPv4 address', 6, 0.001),
  massGuessing('one IPv6 /48', 6, 0.005),
  massGuessing('10,000 IPv4 addresses', 6, 0.05),
  onePerson,
  usingUp('using up a public token, one IPv6 /48', (isQuick) => addressesOf['one IPv6 /48'](isQuick)),
  usingUp('using up a public token, 100 IPv4 addresses', () =>
    Array.from({ length: 100 }, (_, n) => `11.${n}.7.9`),
  ),
  blocking,
  harvesting,
  stalling(1, 1),
  stalling(100, 1),
  stalling(100, 1_000),
  resending,
  variants,
]
