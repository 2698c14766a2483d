import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DatabaseLocation } from '../config/database.ts'
import { authenticate, isAuthenticated } from '../credentials/authenticate.ts'
import { hashSecret, kindOf, mintSecret, type World } from '../credentials/format.ts'
import { issuePublicToken, issueServerKey } from '../credentials/lifecycle.ts'
import type { CredentialStore } from '../credentials/ports.ts'
import { sandboxOf } from '../sandbox.ts'

/** The secrets that a development server stores in plain text, so that they stay the same after a restart. */
export interface DevState {
  otpSecret: string
  key: string
  token: string
  secret: string
  sandboxKey: string
  sandboxToken: string
  sandboxSecret: string
}

const fileIn = (folder: string) => join(folder, 'dev-secrets.json')

/** Returns the folder for the development server's own files: that of its SQLite file, or else the default one. */
export function devFolder(location: DatabaseLocation): string {
  return location.engine === 'sqlite' ? dirname(location.path) : 'data'
}

/** Reads the state from that folder. Creates the parts that are missing or damaged. */
export async function loadDevState(folder: string): Promise<DevState> {
  const kept = await readFile(fileIn(folder), 'utf8')
    .then((text) => JSON.parse(text) as Partial<DevState>)
    .catch((): Partial<DevState> => ({}))
  const { otpSecret = '', key = '', token = '', secret = '' } = kept
  const { sandboxKey = '', sandboxToken = '', sandboxSecret = '' } = kept
  return saveDevState(folder, {
    otpSecret: otpSecret.length >= 32 ? otpSecret : randomBytes(32).toString('hex'),
    ...credentialsOf({ key, token, secret }, live),
    ...inSandbox(credentialsOf({ key: sandboxKey, token: sandboxToken, secret: sandboxSecret }, sandbox)),
  })
}

interface Credentials {
  key: string
  token: string
  secret: string
}

const live = { projectId: 'default', isSandbox: false }
const sandbox = { projectId: sandboxOf('default'), isSandbox: true }

/** Returns the stored credentials, and new ones in place of those that are damaged. */
function credentialsOf({ key, token, secret }: Credentials, world: World): Credentials {
  const isPair = kindOf(token) === 'public_token' && kindOf(secret) === 'analytics_secret'
  return {
    key: kindOf(key) === 'server_key' ? key : mintSecret('server_key', world),
    token: isPair ? token : mintSecret('public_token', world),
    secret: isPair ? secret : mintSecret('analytics_secret', world),
  }
}

const inSandbox = ({ key, token, secret }: Credentials) => ({
  sandboxKey: key,
  sandboxToken: token,
  sandboxSecret: secret,
})

async function saveDevState(folder: string, state: DevState): Promise<DevState> {
  const file = fileIn(folder)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  return state
}

/**
 * Adds the development credentials that the store lacks, for example because it was deleted. Revoked credentials stay
 * revoked, and new ones replace them.
 */
export async function restoreDevCredentials(
  store: CredentialStore,
  folder: string,
  state: DevState,
): Promise<DevState> {
  const { sandboxKey: key, sandboxToken: token, sandboxSecret: secret } = state
  return saveDevState(folder, {
    ...state,
    ...(await restored(store, state, live)),
    ...inSandbox(await restored(store, { key, token, secret }, sandbox)),
  })
}

async function restored(
  store: CredentialStore,
  { key, token, secret }: Credentials,
  world: World & { projectId: string },
): Promise<Credentials> {
  const now = Date.now()
  const kept = { key, token, secret }
  const shared = { name: 'development', projectId: world.projectId, allowedSenders: [] }
  if (!isAuthenticated(await authenticate(store, key, now))) {
    if (await store.findByHash('server_key', hashSecret(key))) kept.key = mintSecret('server_key', world)
    await issueServerKey(
      store,
      { ...shared, scopes: ['server_otp'], allowedOrigins: [], expiresInMs: undefined },
      now,
      kept.key,
    )
  }
  if (!isAuthenticated(await authenticate(store, token, now))) {
    if (await store.findByHash('public_token', hashSecret(token))) {
      kept.token = mintSecret('public_token', world)
      kept.secret = mintSecret('analytics_secret', world)
    }
    const wanted = { ...shared, allowedAddresses: [], allowedOrigins: [] }
    await issuePublicToken(store, wanted, now, kept.token, kept.secret)
  }
  return kept
}
