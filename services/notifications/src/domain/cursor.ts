import { refuse } from '@tiaodu/types'

/** Where a page ended, as an opaque text. */
export const toCursor = (position: readonly string[]): string =>
  Buffer.from(JSON.stringify(position), 'utf8').toString('base64url')

/** The position in a cursor of `length` texts. @throws validation-failed naming `cursor` */
export function fromCursor(cursor: string, length: number): string[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(position) && position.length === length && position.every((part) => typeof part === 'string')) {
      return position
    }
  } catch {
    // Told below, as for any other text that is not ours.
  }
  throw refuse('validation-failed', 'cursor', 'Send the nextCursor of a page')
}

/** A page out of one row more than fits. */
export function toPage<Item>(rows: Item[], limit: number, positionOf: (item: Item) => readonly string[]) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? toCursor(positionOf(last)) : null }
}
