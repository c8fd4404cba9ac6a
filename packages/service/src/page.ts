import { refuse } from '@tiaodu/types'

// PostgreSQL has no text with a NUL in it.
const isText = (part: unknown): part is string => typeof part === 'string' && !part.includes('\0')

/** The position in a cursor of `length` texts. @throws validation-failed naming `cursor` when it is not one of ours */
export function fromCursor(cursor: string, length: number): string[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(position) && position.length === length && position.every(isText)) return position
  } catch {
    // Told below, as for any other text that is not ours.
  }
  throw refuse('validation-failed', 'cursor', 'Send the nextCursor of a page')
}

/** A page out of one row more than it holds; the cursor is the position of its last row, opaque to callers. */
export function toPage<Item>(
  rows: readonly Item[],
  limit: number,
  positionOf: (item: Item) => readonly string[],
): { items: Item[]; nextCursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return { items, nextCursor: hasMore ? Buffer.from(JSON.stringify(positionOf(last))).toString('base64url') : null }
}
