import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DatabaseLocation } from '../config/database.ts'
import { authenticate } from '../credentials/authenticate.ts'
import { hashSecret, kindOf, mintSecret } from '../credentials/format.ts'
import { issuePublicToken, issueServerKey } from '../credentials/lifecycle.ts'
import type { CredentialStore } from '../credentials/ports.ts'

/** What a development server keeps in plain text, so that it comes back with the same secrets. */
export interface DevState {
  otpSecret: string
  key: string
  token: string
  secret: string
}

const fileIn = (folder: string) => join(folder, 'dev-secrets.json')

/** Where a development server keeps its own things: beside its SQLite file, or where that would be by default. */
export function devFolder(location: DatabaseLocation): string {
  return location.engine === 'sqlite' ? dirname(location.path) : 'data'
}

/** Reads the state from that folder; what is missing or damaged there is made anew. */
export async function loadDevState(folder: string): Promise<DevState> {
  const kept = await readFile(fileIn(folder), 'utf8')
    .then((text) => JSON.parse(text) as Partial<DevState>)
    .catch((): Partial<DevState> => ({}))
  const { otpSecret = '', key = '', token = '', secret = '' } = kept
  const isPair = kindOf(token) === 'public_token' && kindOf(secret) === 'analytics_secret'
  return saveDevState(folder, {
    otpSecret: otpSecret.length >= 32 ? otpSecret : randomBytes(32).toString('hex'),
    key: kindOf(key) === 'server_key' ? key : mintSecret('server_key'),
    token: isPair ? token : mintSecret('public_token'),
    secret: isPair ? secret : mintSecret('analytics_secret'),
  })
}

async function saveDevState(folder: string, state: DevState): Promise<DevState> {
  const file = fileIn(folder)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  return state
}

/**
 * Puts the development credentials into the store unless they are there, for instance after it was deleted.
 * Those that were revoked stay so; others take their place.
 */
export async function restoreDevCredentials(
  store: CredentialStore,
  folder: string,
  state: DevState,
): Promise<DevState> {
  const now = Date.now()
  const restored = { ...state }
  const shared = { name: 'development', projectId: 'default', allowedSenders: [] }
  if (!(await authenticate(store, state.key, now))) {
    if (await store.findByHash('server_key', hashSecret(state.key))) restored.key = mintSecret('server_key')
    await issueServerKey(
      store,
      { ...shared, scopes: ['server_otp'], allowedOrigins: [], expiresInMs: undefined },
      now,
      restored.key,
    )
  }
  if (!(await authenticate(store, state.token, now))) {
    if (await store.findByHash('public_token', hashSecret(state.token))) {
      restored.token = mintSecret('public_token')
      restored.secret = mintSecret('analytics_secret')
    }
    const wanted = { ...shared, allowedAddresses: [], allowedOrigins: [] }
    await issuePublicToken(store, wanted, now, restored.token, restored.secret)
  }
  return saveDevState(folder, restored)
}
