import type { Engine } from './engine.ts'
import { checkWrite } from './statements.ts'
import { writeAll } from './steps/outcome.ts'

/** Commits one write, so that a store that is full, locked, read-only or away is noticed. */
export function checkWritable(engine: Engine): Promise<void> {
  return engine.run(writeAll([], [checkWrite()]))
}
