import type { Limit } from '../settings.ts'
import { parseLimit } from './parse.ts'
import { type Variable, variable } from './variable.ts'

const limit = (fallback: string, description: string): Variable<Limit | undefined> =>
  variable(parseLimit, fallback, description)

/**
 * Every limit. N/duration allows at most N in any window of that length; off means no limit. A client address is an
 * IPv4 address or an IPv6 /64. A network is the /24 or /48 around it.
 */
export const limitVariables = {
  LIMIT_PER_RECIPIENT: limit(
    '5/15m',
    'Maximum sends to one recipient, counted separately for the server keys of each project and for all public tokens together.',
  ),
  LIMIT_PER_RECIPIENT_TOTAL: limit(
    '15/15m',
    'Maximum sends to one recipient in total, with all keys and tokens.',
  ),
  LIMIT_PER_MAILBOX: limit(
    '15/15m',
    'Maximum sends to addresses that differ only in the part after a +, counted separately as for LIMIT_PER_RECIPIENT.',
  ),
  LIMIT_PER_CREDENTIAL: limit('600/1m', 'Maximum sends with one key or token.'),
  LIMIT_PER_ADDRESS: limit('30/10m', 'Maximum sends from one client address with public tokens.'),
  LIMIT_PER_ADDRESS_WHEN_BUSY: limit(
    '3/1m',
    "The same while at least half of the token's LIMIT_PER_CREDENTIAL is used; an IPv6 /48 then counts as one address.",
  ),
  LIMIT_PER_NETWORK: limit('60/1m', 'Maximum sends from one network with public tokens.'),
  LIMIT_FAILURES_PER_NETWORK: limit(
    '30/10m',
    'Maximum failed sends from one network with public tokens: those that no mail server has accepted, including sends in progress.',
  ),
  LIMIT_REQUESTS_PER_CREDENTIAL: limit(
    '6000/1m',
    'Maximum requests with one key or token, not counting sends; each instance counts separately.',
  ),
  LIMIT_PAGE_PER_ADDRESS: limit(
    '30/10m',
    'Maximum entries on the hosted page from one client address: codes, and email addresses for a new code.',
  ),
  LIMIT_GUESSES_PER_RECIPIENT: limit(
    '30/1d',
    'Maximum wrong codes for one recipient in one project. Sessions of server keys and sessions of public tokens are counted separately.',
  ),
  LIMIT_SHORT_GUESSES_PER_RECIPIENT: limit('7/30d', 'The same for codes of 4 and 5 digits.'),
  LIMIT_GUESSES_PER_ADDRESS: limit(
    '1000/1d',
    'Maximum wrong codes from one client address with public tokens.',
  ),
  LIMIT_SHORT_GUESSES_PER_ADDRESS: limit('80/1d', 'The same for codes of 4 and 5 digits.'),
  LIMIT_GUESSES_PER_NETWORK: limit('5000/1d', 'Maximum wrong codes from one network with public tokens.'),
  LIMIT_SHORT_GUESSES_PER_NETWORK: limit('400/1d', 'The same for codes of 4 and 5 digits.'),
  LIMIT_GUESSES_PER_TOKEN: limit(
    '10000/1d',
    'Maximum wrong codes with one public token before LIMIT_GUESSES_WHEN_BUSY applies to its clients.',
  ),
  LIMIT_SHORT_GUESSES_PER_TOKEN: limit(
    '1000/1d',
    'Maximum wrong codes of 4 and 5 digits with one public token; after that, the token accepts and sends only longer codes.',
  ),
  LIMIT_GUESSES_WHEN_BUSY: limit(
    '4/1d',
    'Maximum wrong codes from one client address while LIMIT_GUESSES_PER_TOKEN is used up; an IPv6 /48 then counts as one address.',
  ),
} as const

/** Keyed by the names of the variables. */
export type Limits = Record<keyof typeof limitVariables, (Limit & { name: string }) | undefined>

// Map the variables to the limits of the rules. The compiler checks the types where the rules receive them.

export function sendLimitsOf(limits: Limits) {
  return {
    recipient: limits.LIMIT_PER_RECIPIENT,
    recipientTotal: limits.LIMIT_PER_RECIPIENT_TOTAL,
    mailbox: limits.LIMIT_PER_MAILBOX,
    credential: limits.LIMIT_PER_CREDENTIAL,
    address: limits.LIMIT_PER_ADDRESS,
    addressWhenBusy: limits.LIMIT_PER_ADDRESS_WHEN_BUSY,
    networkWhenBusy: limits.LIMIT_PER_ADDRESS_WHEN_BUSY,
    network: limits.LIMIT_PER_NETWORK,
    failures: limits.LIMIT_FAILURES_PER_NETWORK,
  }
}

export function guessLimitsOf(limits: Limits) {
  return {
    recipient: {
      all: limits.LIMIT_GUESSES_PER_RECIPIENT,
      short: limits.LIMIT_SHORT_GUESSES_PER_RECIPIENT,
    },
    address: { all: limits.LIMIT_GUESSES_PER_ADDRESS, short: limits.LIMIT_SHORT_GUESSES_PER_ADDRESS },
    network: { all: limits.LIMIT_GUESSES_PER_NETWORK, short: limits.LIMIT_SHORT_GUESSES_PER_NETWORK },
    credential: { all: limits.LIMIT_GUESSES_PER_TOKEN, short: limits.LIMIT_SHORT_GUESSES_PER_TOKEN },
    addressWhenBusy: limits.LIMIT_GUESSES_WHEN_BUSY,
  }
}
