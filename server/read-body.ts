import type { Context } from 'koa'
import getRawBody from 'raw-body'

/** Why a body cannot be read. */
export type BodyProblem = 'wrongType' | 'tooLarge' | 'incomplete' | 'notUtf8'

const longestBytes = 16 * 1024
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Reads the body as text of this media type: UTF-8, not compressed, at most 16 KiB. Does not throw. */
export async function readBody(
  context: Pick<Context, 'get' | 'set' | 'request' | 'req'>,
  mediaType: string,
): Promise<{ text: string } | { problem: BodyProblem }> {
  const encoding = context.get('content-encoding').toLowerCase()
  const { type, length } = context.request
  const charset = context.request.charset.toLowerCase()
  const isPlain = ['', 'identity'].includes(encoding) && ['', 'utf-8', 'utf8'].includes(charset)
  if (type.toLowerCase() !== mediaType || !isPlain) return { problem: 'wrongType' }
  let bytes: Buffer
  try {
    bytes = await getRawBody(context.req, {
      limit: longestBytes,
      ...(length === undefined ? {} : { length }),
    })
  } catch (error) {
    context.set('Connection', 'close') // We do not read the rest of the body, so the connection cannot be reused.
    const isTooLarge = (error as { type?: unknown }).type === 'entity.too.large'
    return { problem: isTooLarge ? 'tooLarge' : 'incomplete' }
  }
  try {
    return { text: utf8.decode(bytes) }
  } catch {
    return { problem: 'notUtf8' }
  }
}
