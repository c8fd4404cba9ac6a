import { refuse } from '@tiaodu/types'

// PostgreSQL has no text with a NUL in it, and no id or instant of another form.
const FORMS = {
  text: /^[^\0]*$/,
  id: /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/,
  date: /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])$/,
  count: /^\d{1,9}$/,
  instant: /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/,
}

/** What the parts of a position are. */
export type CursorForm = keyof typeof FORMS

type Position<Forms extends readonly CursorForm[]> = { [K in keyof Forms]: string }

/** The position in a cursor, a text of each form. @throws validation-failed naming `cursor` when it is not one of ours */
export function fromCursor<const Forms extends readonly CursorForm[]>(cursor: string, forms: Forms): Position<Forms> {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const fits = (part: unknown, at: number) => typeof part === 'string' && FORMS[forms[at] ?? 'text'].test(part)
    if (Array.isArray(position) && position.length === forms.length && position.every(fits)) {
      return position as Position<Forms>
    }
  } catch {
    // Told below, as for any other text that is not ours.
  }
  throw refuse('validation-failed', 'cursor', {
    zh: '请使用上一页返回的 nextCursor',
    en: 'Send the nextCursor of a page',
  })
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
