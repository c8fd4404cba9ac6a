import { createHash } from 'node:crypto'
import { appendEvents } from '@tiaodu/messaging/outbox'
import { type Bulletin, type Grouping, monthOf, refuse, toDateTimeText, yearOf } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'
import {
  countBulletins,
  findBulletin,
  insertBulletin,
  type PublishedBulletin,
} from '../repositories/bulletins.repository.ts'
import { findCycle } from '../repositories/cycles.repository.ts'
import { listErrata } from '../repositories/errata.repository.ts'
import { foldWithin } from './fold-rollups.ts'
import { readSummary } from './get-summary.ts'

const EVERYWHERE = { unitId: null, regionPrefix: '' }
// Whoever is slow is told by name, all of them.
const ATTENTION = 100_000

const toTitle = (period: string) =>
  `关于${yearOf(period)}年${monthOf(period) === 1 ? '1' : `1—${monthOf(period)}`}月重点项目建设进展情况的通报`

const withErrata = async (db: Kysely<DB>, bulletin: PublishedBulletin): Promise<Bulletin> => ({
  ...bulletin,
  errata: await listErrata(db, bulletin.period),
})

/** Freezes the month's totals and rankings. One that is out already is returned. @throws not-found, period-not-due */
export const publishBulletin = (
  db: Kysely<DB>,
  period: string,
  now: Date,
): Promise<{ bulletin: Bulletin; isNew: boolean }> =>
  db.transaction().execute(async (trx) => {
    // One at a time: the number counts up within the year.
    await sql`select pg_advisory_xact_lock(hashtext('bulletin'))`.execute(trx)
    const published = await findBulletin(trx, period)
    if (published !== undefined) return { bulletin: await withErrata(trx, published), isNew: false }
    const cycle = await findCycle(trx, period)
    if (cycle === undefined)
      throw refuse('not-found', 'period', { zh: '该月报期尚未开放', en: 'The cycle of this period was not opened' })
    if (now < cycle.dueAt)
      throw refuse('period-not-due', 'period', {
        zh: `截止时间为 ${toDateTimeText(cycle.dueAt)}`,
        en: `Due at ${cycle.dueAt.toISOString()}`,
      })

    await foldWithin(trx, now)
    const read = (groupBy: Grouping) => readSummary(trx, { period, groupBy }, EVERYWHERE, ATTENTION)
    const content = { region: await read('region'), tier: await read('tier'), unit: await read('unit') }
    const text = JSON.stringify(content)
    const bulletin: PublishedBulletin = {
      period,
      number: (await countBulletins(trx, yearOf(period))) + 1,
      title: toTitle(period),
      publishedAt: now.toISOString(),
      sha256: createHash('sha256').update(text).digest('hex'),
      isSimulated: content.region.isSimulated,
      content,
    }
    await insertBulletin(trx, bulletin, text)
    const { number, title, publishedAt, isSimulated } = bulletin
    await appendEvents(
      trx,
      [{ name: 'bulletin.published.v1', payload: { period, number, title, publishedAt, isSimulated } }],
      now,
    )
    return { bulletin: { ...bulletin, errata: [] }, isNew: true }
  })

/** The published bulletin. @throws not-found */
export async function getBulletin(db: Kysely<DB>, period: string): Promise<Bulletin> {
  const bulletin = await findBulletin(db, period)
  if (bulletin === undefined)
    throw refuse('not-found', 'period', { zh: '该月报期尚未发布通报', en: 'No bulletin was published for this period' })
  return withErrata(db, bulletin)
}
