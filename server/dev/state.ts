import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { authenticate } from '../credentials/authenticate.ts'
import { mintSecret } from '../credentials/format.ts'
import { issuePublicToken, issueServerKey } from '../credentials/lifecycle.ts'
import type { CredentialStore } from '../credentials/ports.ts'

/** What a development server keeps in plain text, so that it comes back with the same secrets. */
export interface DevState {
  otpSecret: string
  key: string
  token: string
  secret: string
}

/** Reads the state from beside the database, or makes it; only this user may read the file. */
export async function loadDevState(databasePath: string): Promise<DevState> {
  const path = join(dirname(databasePath), 'dev-secrets.json')
  const kept = await readFile(path, 'utf8').catch(() => undefined)
  if (kept !== undefined) return JSON.parse(kept) as DevState
  const state: DevState = {
    otpSecret: randomBytes(32).toString('hex'),
    key: mintSecret('server_key'),
    token: mintSecret('public_token'),
    secret: mintSecret('analytics_secret'),
  }
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  return state
}

/** Puts the development credentials into the store unless they are there, for instance after it was deleted. */
export async function restoreDevCredentials(
  store: CredentialStore,
  { key, token, secret }: DevState,
): Promise<void> {
  const now = Date.now()
  const shared = { name: 'development', projectId: 'default', allowedSenders: [] }
  if (!(await authenticate(store, key, now))) {
    await issueServerKey(store, { ...shared, scopes: ['server_otp'], expiresInMs: undefined }, now, key)
  }
  if (!(await authenticate(store, token, now))) {
    await issuePublicToken(store, { ...shared, allowedAddresses: [], allowedOrigins: [] }, now, token, secret)
  }
}
