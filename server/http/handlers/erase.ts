import { type EraseDependencies, eraseRecipient as erase } from '../../otp/erase.ts'
import type { Handler, Reply } from '../types.ts'

export function eraseRecipient(dependencies: EraseDependencies): Handler<'eraseRecipient'> {
  return async ({ body, caller }): Promise<Reply<'eraseRecipient'>> => {
    const { projectId } = caller.credential
    return { status: 200, body: { success: true, data: await erase(dependencies, { projectId, ...body }) } }
  }
}
