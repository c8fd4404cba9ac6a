import { type BodyOf, type ReviewLevel, type ReviewRule, type routes, toPeriod } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { assertReviewLevels, assertUnopened } from '../domain/review-levels.ts'
import type { DB } from '../generated/tables.ts'
import { findLastOpened } from '../repositories/cycles.repository.ts'
import { getFormulaOf, listFormulas } from '../repositories/formulas.repository.ts'
import type { NamedAct } from './act.ts'
import { keepFormula, toFormulaView } from './keep-formula.ts'

interface Content {
  readonly levels: ReviewLevel[]
}
const SUBJECT = 'review'

/** Changes at which levels reports are reviewed from a month on. @throws validation-failed, version-mismatch, period-opened */
export async function keepReviewRule(
  db: Kysely<DB>,
  { fromPeriod, levels, reason }: BodyOf<typeof routes.putReviewRule>,
  act: NamedAct,
): Promise<ReviewRule> {
  assertReviewLevels(levels)
  const change = { fromPeriod, content: { levels }, reason }
  const kept = await keepFormula<Content>(db, SUBJECT, change, act, {
    assertFrom: async (trx, from) => assertUnopened(from, await findLastOpened(trx)),
  })
  return toFormulaView(kept)
}

/** The levels of a month, of the running one when none is named. */
export const getReviewRule = async (db: Kysely<DB>, period: string | undefined, now: Date): Promise<ReviewRule> =>
  toFormulaView(await getFormulaOf<Content>(db, SUBJECT, period ?? toPeriod(now)))

/** Every version, newest first. */
export const listReviewRules = async (db: Kysely<DB>): Promise<{ items: ReviewRule[] }> => ({
  items: (await listFormulas<Content>(db, SUBJECT)).map(toFormulaView),
})
