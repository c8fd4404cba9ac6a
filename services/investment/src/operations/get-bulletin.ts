import { fromCursor, toPage } from '@tiaodu/service'
import { type Bulletin, type BulletinRow, type QueryOf, refuse, type routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { type DocumentFormat, render } from '../domain/bulletin/render.ts'
import type { DB } from '../generated/tables.ts'
import { contentOf, findBulletin, listBulletins, type StoredBulletin } from '../repositories/bulletins.repository.ts'
import { listErrata } from '../repositories/errata.repository.ts'

/** A bulletin as the API tells it, with what was put right since. */
export const toBulletinView = async (db: Kysely<DB>, bulletin: StoredBulletin): Promise<Bulletin> => ({
  period: bulletin.period,
  number: bulletin.number,
  title: bulletin.title,
  publishedAt: bulletin.publishedAt.toISOString(),
  sha256: bulletin.sha256,
  isSimulated: bulletin.isSimulated,
  content: contentOf(bulletin),
  errata: await listErrata(db, bulletin.period),
})

/** @throws not-found */
export async function requireBulletin(db: Kysely<DB>, period: string): Promise<StoredBulletin> {
  const bulletin = await findBulletin(db, period)
  if (bulletin === undefined)
    throw refuse('not-found', 'period', { zh: '该月报期尚未发布通报', en: 'No bulletin was published for this period' })
  return bulletin
}

/** The published bulletin. @throws not-found */
export const getBulletin = async (db: Kysely<DB>, period: string): Promise<Bulletin> =>
  toBulletinView(db, await requireBulletin(db, period))

/** A bulletin as a file, made from what was frozen. @throws not-found, also for one without a document */
export function renderBulletin(bulletin: StoredBulletin, format: DocumentFormat | 'json'): string {
  if (format === 'json') return bulletin.text
  const documents = render(contentOf(bulletin), bulletin.edition)
  if (documents === undefined)
    throw refuse('not-found', 'format', {
      zh: '该期通报发布时尚无文稿，只有数据（json）',
      en: 'It was published without a document; there is its data alone (json)',
    })
  return documents[format]
}

const PER_PAGE = 20

/** Bulletins, the newest month first. */
export async function listBulletinPage(
  db: Kysely<DB>,
  { year, cursor, limit = PER_PAGE }: QueryOf<typeof routes.listBulletins>,
): Promise<{ items: BulletinRow[]; nextCursor: string | null }> {
  const [before] = cursor === undefined ? [undefined] : fromCursor(cursor, ['text'])
  return toPage(await listBulletins(db, year, { before, limit }), limit, ({ period }) => [period])
}
