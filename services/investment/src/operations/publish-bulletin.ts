import { createHash } from 'node:crypto'
import { appendEvents } from '@tiaodu/messaging/outbox'
import { type Bulletin, ProblemError, refuse, toDateTimeText } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { listMissing } from '../domain/bulletin/draft.ts'
import { CURRENT_EDITION, render } from '../domain/bulletin/render.ts'
import type { DB } from '../generated/tables.ts'
import {
  findBulletin,
  insertBulletin,
  lockBulletins,
  type StoredBulletin,
} from '../repositories/bulletins.repository.ts'
import { assertVersion, type NamedAct } from './act.ts'
import { readDraft, requireCycle } from './bulletin-draft.ts'
import { toBulletinView } from './get-bulletin.ts'
import { readBulletinContent } from './read-bulletin-content.ts'

/** The SHA-256 of a text, in hex. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

async function requireComplete(trx: Transaction<DB>, period: string, act: NamedAct) {
  const { dueAt } = await requireCycle(trx, period)
  if (act.now < dueAt)
    throw refuse('period-not-due', 'period', {
      zh: `截止时间为 ${toDateTimeText(dueAt)}`,
      en: `Due at ${dueAt.toISOString()}`,
    })
  const { version, entry } = await readDraft(trx, period)
  assertVersion(version, act)
  const faults = listMissing(entry).map((field) => ({
    field,
    reason: { zh: '签发前须填写', en: 'Needed before it is issued' },
  }))
  if (faults.length > 0) throw new ProblemError('bulletin-incomplete', undefined, faults)
  return entry
}

async function freeze(trx: Transaction<DB>, period: string, act: NamedAct): Promise<StoredBulletin> {
  const content = await readBulletinContent(trx, period, await requireComplete(trx, period, act), act.now)
  const documents = render(content, CURRENT_EDITION)
  if (documents === undefined) throw new Error(`There is no edition ${CURRENT_EDITION}`)
  const text = JSON.stringify(content)
  return {
    period,
    number: content.issue.head.number,
    title: content.issue.head.title,
    publishedAt: act.now,
    publishedBy: act.actorId,
    sha256: hashOf(text),
    text,
    edition: CURRENT_EDITION,
    htmlSha256: hashOf(documents.html),
    markdownSha256: hashOf(documents.markdown),
    isSimulated: content.region.isSimulated,
  }
}

/**
 * Issues the bulletin of a month: freezes all that it says, with the hashes of its data and of its files. One that is
 * out already is returned. @throws not-found, period-not-due, bulletin-incomplete, version-mismatch
 */
export const publishBulletin = (
  db: Kysely<DB>,
  period: string,
  act: NamedAct,
): Promise<{ bulletin: Bulletin; isNew: boolean }> =>
  db.transaction().execute(async (trx) => {
    await lockBulletins(trx)
    const published = await findBulletin(trx, period)
    if (published !== undefined) return { bulletin: await toBulletinView(trx, published), isNew: false }
    const bulletin = await freeze(trx, period, act)
    await insertBulletin(trx, bulletin)
    const { number, title, isSimulated } = bulletin
    const payload = { period, number, title, publishedAt: act.now.toISOString(), isSimulated }
    await appendEvents(trx, [{ name: 'bulletin.published.v1', payload }], act.now)
    return { bulletin: await toBulletinView(trx, bulletin), isNew: true }
  })
