import { RisumailOtpTransportError } from './errors.ts'

/**
 * Yields the items of every page, in order. It fetches a page only when the loop reaches it.
 * @throws {RisumailOtpTransportError} `unexpected-answer` if a page points to itself: the loop would never end
 */
export async function* walk<Page extends { nextCursor?: string }, Item>(
  fetchPage: (next: { cursor?: string }) => Promise<Page>,
  itemsOf: (page: Page) => Item[],
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined
  do {
    const page = await fetchPage(cursor === undefined ? {} : { cursor })
    yield* itemsOf(page)
    if (page.nextCursor !== undefined && page.nextCursor === cursor) {
      throw new RisumailOtpTransportError('unexpected-answer', 'A page of the list points to itself.')
    }
    cursor = page.nextCursor
  } while (cursor !== undefined)
}
