// The only file that imports openapi-fetch, which is in maintenance mode.
import createOpenapiFetch, { type Client } from 'openapi-fetch'
import type { paths } from './generated/contract.ts'

/** The openapi-fetch client with the contract's types. */
export type PlainClient = Client<paths>

export const createApi = createOpenapiFetch<paths>
