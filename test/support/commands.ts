import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import createClient from 'openapi-fetch'
import { afterAll, expect } from 'vitest'
import type { paths } from '../../server/generated/contract.ts'
import { Command, type Finished } from './process.ts'

const folders: string[] = []

/** Creates an empty folder to run commands in. All folders are deleted after the file's last test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'risumail-otp-commands-'))
  folders.push(folder)
  return folder
}

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** Runs one command and waits until it ends. */
export function run(folder: string, args: string[], environment?: Record<string, string>): Promise<Finished> {
  return new Command(folder, args, environment).finished()
}

/** Returns what a command prints with `--json`. The command must succeed and print no errors. */
export async function json(folder: string, args: string[]): Promise<Record<string, string>> {
  const { code, stdout, stderr } = await run(folder, [...args, '--json'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as Record<string, string>
}

/** Returns the keys or tokens that `list` shows. */
export async function listed(folder: string, what: 'keys' | 'tokens'): Promise<Record<string, unknown>[]> {
  return (await json(folder, [what, 'list']))[what] as unknown as Record<string, unknown>[]
}

/** A client of the API at this URL, with these credentials. */
export const clientOf = (url: string, credential: string, secret = '') =>
  createClient<paths>({
    baseUrl: url,
    headers: { Authorization: `Bearer ${credential}`, 'X-Otp-Secret': secret },
  })
