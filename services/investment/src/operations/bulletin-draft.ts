import { type BulletinDraft, type BulletinEntry, ProblemError, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { firstDraft, listMissing } from '../domain/bulletin/draft.ts'
import { CURRENT_EDITION, type DocumentFormat, render } from '../domain/bulletin/render.ts'
import { isSame } from '../domain/is-same.ts'
import type { DB } from '../generated/tables.ts'
import { findDraft, type StoredDraft, saveDraft } from '../repositories/bulletin-drafts.repository.ts'
import { contentOf, findBulletin, findBulletinBefore, lockBulletins } from '../repositories/bulletins.repository.ts'
import { findCycle, type StoredCycle } from '../repositories/cycles.repository.ts'
import { assertVersion, type NamedAct } from './act.ts'
import { readBulletinContent } from './read-bulletin-content.ts'

/** @throws not-found when the cycle was never opened */
export async function requireCycle(db: Kysely<DB>, period: string): Promise<StoredCycle> {
  const cycle = await findCycle(db, period)
  if (cycle === undefined)
    throw refuse('not-found', 'period', { zh: '该月报期尚未开放', en: 'The cycle of this period was not opened' })
  return cycle
}

/** The draft of a month, or what one begins with. */
export async function readDraft(db: Kysely<DB>, period: string): Promise<StoredDraft> {
  const draft = await findDraft(db, period)
  if (draft !== undefined) return draft
  const previous = await findBulletinBefore(db, period)
  return { version: 0, entry: firstDraft(previous && contentOf(previous).issue?.head) }
}

/** What was written for the bulletin of a month, and what it would say now. @throws not-found */
export const getBulletinDraft = (db: Kysely<DB>, period: string, now: Date): Promise<BulletinDraft> =>
  db.transaction().execute(async (trx) => {
    const { dueAt } = await requireCycle(trx, period)
    const draft = await readDraft(trx, period)
    return {
      period,
      ...draft,
      missing: listMissing(draft.entry),
      isDue: now >= dueAt,
      content: await readBulletinContent(trx, period, draft.entry, now),
    }
  })

/** Writes what is not computed. @throws not-found, bulletin-published, version-mismatch */
export async function putBulletinDraft(
  db: Kysely<DB>,
  period: string,
  entry: BulletinEntry,
  act: NamedAct,
): Promise<BulletinDraft> {
  await db.transaction().execute(async (trx) => {
    await requireCycle(trx, period)
    await lockBulletins(trx)
    if ((await findBulletin(trx, period)) !== undefined) throw new ProblemError('bulletin-published')
    const current = await readDraft(trx, period)
    assertVersion(current.version, act)
    if (current.version > 0 && isSame(current.entry, entry)) return
    await saveDraft(trx, period, { version: current.version + 1, entry }, act)
  })
  return getBulletinDraft(db, period, act.now)
}

/** The draft as a file, marked as one. @throws not-found */
export async function renderDraft(
  db: Kysely<DB>,
  period: string,
  format: DocumentFormat | 'json',
  now: Date,
): Promise<string> {
  const { content } = await getBulletinDraft(db, period, now)
  if (format === 'json') return JSON.stringify(content)
  const rendered = render(content, CURRENT_EDITION, true)
  if (rendered === undefined) throw new Error(`There is no edition ${CURRENT_EDITION}`)
  return rendered[format]
}
