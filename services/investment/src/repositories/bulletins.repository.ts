import type { Bulletin } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** A bulletin without what was corrected since. */
export type PublishedBulletin = Omit<Bulletin, 'errata'>

export async function findBulletin(db: Kysely<DB>, period: string): Promise<PublishedBulletin | undefined> {
  const row = await db.selectFrom('bulletins').selectAll().where('period', '=', period).executeTakeFirst()
  if (row === undefined) return undefined
  const { published_at, is_simulated, content, ...rest } = row
  return { ...rest, publishedAt: published_at.toISOString(), isSimulated: is_simulated, content: JSON.parse(content) }
}

export async function countBulletins(db: Kysely<DB>, year: number): Promise<number> {
  const query = db.selectFrom('bulletins').select((eb) => eb.fn.countAll<number>().as('count'))
  return (await query.where('period', 'like', `${year}-%`).executeTakeFirstOrThrow()).count
}

/** `content` is kept as the very text that was hashed. @returns false when the period has one already */
export async function insertBulletin(
  trx: Transaction<DB>,
  bulletin: PublishedBulletin,
  content: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('bulletins')
    .values({
      period: bulletin.period,
      number: bulletin.number,
      title: bulletin.title,
      published_at: bulletin.publishedAt,
      sha256: bulletin.sha256,
      content,
      is_simulated: bulletin.isSimulated,
    })
    .onConflict((conflict) => conflict.column('period').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}
