import type { BulletinContent, BulletinRow } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** A bulletin as it was issued. */
export interface StoredBulletin {
  readonly period: string
  readonly number: number
  readonly title: string
  readonly publishedAt: Date
  readonly publishedBy: string | null
  readonly sha256: string
  /** The very text that was hashed. */
  readonly text: string
  /** Of the rendering; 0 when no document was issued with it. */
  readonly edition: number
  readonly htmlSha256: string | null
  readonly markdownSha256: string | null
  readonly isSimulated: boolean
}

const columns = sql`b.period, b.number, b.title, b.published_at as "publishedAt", b.published_by as "publishedBy", b.sha256,
  b.content as text, b.edition, b.html_sha256 as "htmlSha256", b.markdown_sha256 as "markdownSha256",
  b.is_simulated as "isSimulated"`

export const contentOf = ({ text }: Pick<StoredBulletin, 'text'>): BulletinContent => JSON.parse(text)

/** One bulletin at a time is issued or corrected: its number counts up, and so do its errata. */
export async function lockBulletins(trx: Transaction<DB>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('bulletin'))`.execute(trx)
}

export async function findBulletin(db: Kysely<DB>, period: string): Promise<StoredBulletin | undefined> {
  const { rows } = await sql<StoredBulletin>`
    select ${columns} from bulletins b where b.period = ${period}`.execute(db)
  return rows[0]
}

/** The newest one before a period, whatever its year. */
export async function findBulletinBefore(db: Kysely<DB>, period: string): Promise<StoredBulletin | undefined> {
  const { rows } = await sql<StoredBulletin>`
    select ${columns} from bulletins b where b.period < ${period} order by b.period desc limit 1`.execute(db)
  return rows[0]
}

/** Whether a bulletin of this hash was issued. */
export async function hasBulletinOf(db: Kysely<DB>, sha256: string): Promise<boolean> {
  const { rows } = await sql`select from bulletins where sha256 = ${sha256}`.execute(db)
  return rows.length > 0
}

export async function countBulletins(db: Kysely<DB>, year: number): Promise<number> {
  const query = db.selectFrom('bulletins').select((eb) => eb.fn.countAll<number>().as('count'))
  return (await query.where('period', 'like', `${year}-%`).executeTakeFirstOrThrow()).count
}

/** Bulletins, the newest month first, one more than the page holds. */
export async function listBulletins(
  db: Kysely<DB>,
  year: number | undefined,
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
): Promise<BulletinRow[]> {
  const { rows } = await sql<Omit<BulletinRow, 'publishedAt'> & { publishedAt: Date }>`
    select period, number, title, published_at as "publishedAt", sha256, is_simulated as "isSimulated",
      edition > 0 as "hasDocument",
      (select count(*) from errata e where e.bulletin_period = bulletins.period)::int as "errataCount"
    from bulletins
    where (${before ?? null}::text is null or period < ${before ?? null})
      and (${year ?? null}::int is null or left(period, 4)::int = ${year ?? null})
    order by period desc limit ${sql.lit(limit + 1)}`.execute(db)
  return rows.map(({ publishedAt, ...row }) => ({ ...row, publishedAt: publishedAt.toISOString() }))
}

export async function insertBulletin(trx: Transaction<DB>, bulletin: StoredBulletin): Promise<void> {
  await trx
    .insertInto('bulletins')
    .values({
      period: bulletin.period,
      number: bulletin.number,
      title: bulletin.title,
      published_at: bulletin.publishedAt,
      published_by: bulletin.publishedBy,
      sha256: bulletin.sha256,
      content: bulletin.text,
      edition: bulletin.edition,
      html_sha256: bulletin.htmlSha256,
      markdown_sha256: bulletin.markdownSha256,
      is_simulated: bulletin.isSimulated,
    })
    .execute()
}
