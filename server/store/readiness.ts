import { checkWrite } from './clock-statements.ts'
import type { Engine } from './engine.ts'
import { writeAll } from './steps/outcome.ts'

/** Commits one write. It fails if the store is full, locked, read-only or unreachable. */
export function checkWritable(engine: Engine): Promise<void> {
  return engine.run(writeAll([], [checkWrite()]))
}
