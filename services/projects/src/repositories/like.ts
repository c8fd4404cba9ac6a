import { type RawBuilder, sql } from 'kysely'

/** A pattern for `like` that finds the words themselves anywhere, in small letters. */
export const likeOf = (words: string): string => `%${words.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** Whether a column holds some words, whatever their case; for lists of thousands, which need no index for it. */
export const holding = (column: string, words: string): RawBuilder<boolean> =>
  sql<boolean>`lower(${sql.ref(column)}) like ${likeOf(words)}`
