import type { Reach } from '@tiaodu/service'
import { addDays, addMonths, type DifficultyAnalysis, refuse, toDateOn, toInstant } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { analyse } from '../domain/difficulty-analysis.ts'
import type { DB } from '../generated/tables.ts'
import { listDifficultyFacts } from '../repositories/difficulty-pages.repository.ts'

/** What became of the difficulties in a month, as it stood at its end or stands now. @throws validation-failed for a month to come */
export async function analyseDifficulties(
  db: Kysely<DB>,
  period: string,
  reach: Reach,
  now: Date,
): Promise<DifficultyAnalysis> {
  const nextOn = `${addMonths(period, 1)}-01`
  const [from, to] = [toInstant(`${period}-01`, '00:00'), toInstant(nextOn, '00:00')]
  if (from > now)
    throw refuse('validation-failed', 'period', { zh: '该月尚未开始', en: 'This month has not begun yet' })
  const asOn = to > now ? toDateOn(now) : addDays(nextOn, -1)
  return analyse(period, await listDifficultyFacts(db, { from, to }, reach), asOn)
}
