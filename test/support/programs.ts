import { spawnSync } from 'node:child_process'

/** Whether a test that needs this program can run. In CI it must: there, nothing may be left out unseen. */
export function canRun(program: string): boolean {
  const isThere = spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
  return isThere || process.env['CI'] !== undefined
}

/** What a program prints, on both outputs, and how it ended. */
export function said(program: string, args: string[]): { code: number | null; text: string } {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (error) throw error
  return { code: status, text: stdout + stderr }
}
