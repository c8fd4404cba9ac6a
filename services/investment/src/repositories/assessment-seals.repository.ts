import type { Seal } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** What was published of a term. */
export interface StoredSeal {
  readonly term: string
  /** The very text that was hashed. */
  readonly content: string
  readonly sha256: string
  readonly publishedAt: Date
  readonly publishedBy: string | null
  readonly publishedByName: string
}

export async function findSeal(db: Kysely<DB>, term: string): Promise<StoredSeal | undefined> {
  const { rows } = await sql<StoredSeal>`
    select term, content, sha256, published_at as "publishedAt", published_by as "publishedBy",
      published_by_name as "publishedByName"
    from assessment_seals where term = ${term}`.execute(db)
  return rows[0]
}

/** The latest term of a kind (years, halves or quarters, by their pattern) that is published. */
export async function findLastSealed(db: Kysely<DB>, pattern: string): Promise<string | undefined> {
  const { rows } = await sql<{ term: string | null }>`
    select max(term) as term from assessment_seals where term like ${pattern}`.execute(db)
  return rows[0]?.term ?? undefined
}

export async function insertSeal(trx: Transaction<DB>, seal: StoredSeal): Promise<void> {
  await trx
    .insertInto('assessment_seals')
    .values({
      term: seal.term,
      content: seal.content,
      sha256: seal.sha256,
      published_at: seal.publishedAt,
      published_by: seal.publishedBy,
      published_by_name: seal.publishedByName,
    })
    .execute()
}

/** A seal as the API tells it. */
export const toSealView = ({ publishedAt, publishedBy, publishedByName, sha256 }: StoredSeal): Seal => ({
  publishedAt: publishedAt.toISOString(),
  ...{ publishedBy, publishedByName, sha256 },
})
