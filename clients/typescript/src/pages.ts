import { RisumailOtpTransportError } from './errors.ts'

/**
 * The items of every page, in the order of the pages; a page is fetched when the loop gets there.
 * @throws {RisumailOtpTransportError} `unexpected-answer` if a page leads back to itself, which would never end
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
      throw new RisumailOtpTransportError('unexpected-answer', 'A page of the list leads back to itself.')
    }
    cursor = page.nextCursor
  } while (cursor !== undefined)
}
