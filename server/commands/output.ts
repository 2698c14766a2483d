import ms from 'ms'
import type { Credential } from '../credentials/ports.ts'
import { isSandbox, projectName } from '../sandbox.ts'

/** The option of every command that prints something. */
export interface Output {
  json?: true
}

/** Prints one JSON object, or text for people. */
export function print(json: true | undefined, value: object, inWords: () => string): void {
  process.stdout.write(`${json ? JSON.stringify(value) : inWords()}\n`)
}

/** Describes a new credential with its secret. @param kept the form in which the store keeps the secret */
export function issued(what: string, shown: Record<string, string>, kept = 'only its hash'): string {
  const lines = Object.entries(shown).map(([name, value]) => `  ${name.padEnd(7)} ${value}`)
  return [`A ${what} was created. It is shown only this once: the store keeps ${kept}.`, ...lines].join('\n')
}

/** Formats a time as RFC 3339, or returns null if there is none. */
export function isoTime(time: number | null | undefined): string | null {
  return time === undefined || time === null ? null : new Date(time).toISOString()
}

/** A credential for `--json`, with times as RFC 3339. */
export function forJson({
  createdAt,
  expiresAt,
  revokedAt,
  lastUsedAt,
  projectId,
  limit,
  ...rest
}: Credential) {
  return {
    ...rest,
    ...projectForJson(projectId),
    createdAt: isoTime(createdAt),
    expiresAt: isoTime(expiresAt),
    revokedAt: isoTime(revokedAt),
    lastUsedAt: isoTime(lastUsedAt),
    limit: limit === undefined ? null : limitInWords(limit),
  }
}

/** A project for `--json`: its name, and whether this is its sandbox. */
export function projectForJson(projectId: string): { projectId: string; sandbox: boolean } {
  return { projectId: projectName(projectId), sandbox: isSandbox(projectId) }
}

/** A project as text for people. */
export function projectInWords(projectId: string): string {
  return isSandbox(projectId) ? `${projectName(projectId)} (sandbox)` : projectId
}

/** A table of credentials for people. */
export function table(list: Credential[]): string {
  if (list.length === 0) return 'None yet.'
  const rows = list.map((credential) => [
    credential.id,
    credential.name,
    projectInWords(credential.projectId),
    credential.scopes.join(' ') || '-',
    isoTime(credential.createdAt) ?? '-',
    isoTime(credential.lastUsedAt) ?? '-',
    credential.revokedAt !== undefined ? `revoked ${isoTime(credential.revokedAt)}` : expiry(credential),
  ])
  return columns([['ID', 'NAME', 'PROJECT', 'SCOPES', 'CREATED', 'LAST USED', 'STATUS'], ...rows])
}

/** A limit in the form of the option, such as `100/1m`. */
function limitInWords({ max, windowMs }: NonNullable<Credential['limit']>): string {
  return `${max}/${ms(windowMs)}`
}

/** Aligns the cells of rows in columns. */
export function columns(all: readonly (readonly string[])[]): string {
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function expiry({ expiresAt }: Credential): string {
  if (expiresAt === undefined) return 'active'
  return `${expiresAt <= Date.now() ? 'expired' : 'active until'} ${isoTime(expiresAt)}`
}
