import { spawnSync } from 'node:child_process'

/** True if a test that needs this program can run. Always true in CI, so that no test is skipped there unnoticed. */
export function canRun(program: string): boolean {
  const isThere = spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
  return isThere || process.env['CI'] !== undefined
}

/** Returns a program's exit code and its output from both streams. */
export function said(program: string, args: string[]): { code: number | null; text: string } {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (error) throw error
  return { code: status, text: stdout + stderr }
}
