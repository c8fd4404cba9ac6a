import { appendEvents } from '@tiaodu/messaging/outbox'
import { type BodyOf, type Bulletin, refuse, type routes } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { contentOf, lockBulletins } from '../repositories/bulletins.repository.ts'
import { insertTextErratum, type NewErratum } from '../repositories/errata.repository.ts'
import type { NamedAct } from './act.ts'
import { requireBulletin, toBulletinView } from './get-bulletin.ts'

/** Tells that bulletins were given errata. */
export const tellErrata = (trx: Transaction<DB>, errata: readonly NewErratum[], now: Date): Promise<void> =>
  appendEvents(
    trx,
    errata.map(({ period, number }) => ({
      name: 'bulletin.corrected.v1' as const,
      payload: { period, number, correctedAt: now.toISOString() },
    })),
    now,
  )

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** Puts right what the text of a bulletin says, as a numbered erratum. @throws not-found, passage-not-found, validation-failed */
export const addErratum = (
  db: Kysely<DB>,
  period: string,
  { before, after, reason }: BodyOf<typeof routes.addErratum>,
  act: NamedAct,
): Promise<Bulletin> =>
  db.transaction().execute(async (trx) => {
    await lockBulletins(trx)
    const bulletin = await requireBulletin(trx, period)
    if (!textsIn(contentOf(bulletin)).some((text) => text.includes(before)))
      throw refuse('passage-not-found', 'before', {
        zh: '请照录通报中的原文',
        en: 'Give the words as the bulletin has them',
      })
    if (before === after)
      throw refuse('validation-failed', 'after', { zh: '与原文相同', en: 'That is what it says already' })
    const changes = [{ field: 'text', before, after }]
    const erratum = await insertTextErratum(trx, period, { projectName: null, reason, changes }, act)
    await tellErrata(trx, [erratum], act.now)
    return toBulletinView(trx, bulletin)
  })
