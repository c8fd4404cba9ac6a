import { type AssessmentEntry, monthsOfTerm, type QuarterComments, refuse } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { assessQuarter, listUncommented } from '../domain/assessment/quarter.ts'
import { assertComplete } from '../domain/assessment/rules.ts'
import type { DB } from '../generated/tables.ts'
import { listEntries } from '../repositories/assessment-entries.repository.ts'
import { type AssessAct, readAssessedMonths, requireAllDue, requireReached } from './assess.ts'
import { keepEntry } from './keep-entry.ts'
import { publishTerm, readTerm } from './publish-assessment.ts'

const read = async (trx: Transaction<DB>, quarter: string, now: Date) => {
  const months = await readAssessedMonths(trx, monthsOfTerm(quarter), now)
  return { quarter, groups: assessQuarter(months.regions, await listEntries(trx, quarter)), months }
}

/** 季点评 of a quarter, as it is now or as it was published. */
export const getQuarterComments = (db: Kysely<DB>, quarter: string, now: Date): Promise<QuarterComments> =>
  readTerm<QuarterComments>(db, quarter, now, async (trx) => {
    const { groups } = await read(trx, quarter, now)
    return { quarter, groups }
  })

/** @throws not-found, outside-scope, assessment-published, version-mismatch */
export function putQuarterComment(
  db: Kysely<DB>,
  { quarter, regionCode }: { readonly quarter: string; readonly regionCode: string },
  text: string,
  act: AssessAct,
): Promise<AssessmentEntry> {
  requireReached(regionCode, act)
  return keepEntry(db, { term: quarter, subject: regionCode, topic: '' }, { mark: null, text }, act, async (trx) => {
    const { regions } = await readAssessedMonths(trx, monthsOfTerm(quarter), act.now)
    if (!regions.some(({ key }) => key === regionCode))
      throw refuse('not-found', 'regionCode', {
        zh: '该区域本季度没有已截止的月报',
        en: 'No month of the quarter that is due has this region',
      })
  })
}

/** @throws period-not-due, assessment-incomplete */
export const publishQuarterComments = (db: Kysely<DB>, quarter: string, act: AssessAct) =>
  publishTerm<QuarterComments>(db, quarter, act, async (trx) => {
    const { groups, months } = await read(trx, quarter, act.now)
    requireAllDue(monthsOfTerm(quarter), months)
    assertComplete(listUncommented(groups))
    return { quarter, groups }
  })
