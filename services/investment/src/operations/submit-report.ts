import type { Database } from '@tiaodu/database'
import { type Filing, type Report, refuse } from '@tiaodu/types'
import type { Act, StoredReport } from '../domain/report.ts'
import type { DueContext } from '../domain/report-context.ts'
import { decideFile, decideSubmit, toUnchangedEntry } from '../domain/report-decisions.ts'
import type { DB } from '../generated/tables.ts'
import { aboutReport, applyDecision, type Decision } from './apply-decision.ts'
import { factsOf, type ReportKey } from './report-context.ts'

const submission = (act: Act, decide: (context: DueContext) => StoredReport): Decision => ({
  actionOf: () => 'submitted',
  decide,
  toEvent: (context, report) => ({
    name: 'report.submitted.v1',
    payload: { ...aboutReport(context, report), submittedAt: act.now.toISOString(), isLate: report.isLate },
  }),
})

/** Filing of an entry that was not saved before. @throws report-incomplete, explanation-needed and those of saveReport */
const filing = (act: Act, toEntry: (context: DueContext) => Partial<StoredReport['entry']>): Decision =>
  submission(act, (context) => decideFile(context.terms, context.report, toEntry(context), factsOf(context), act))

/** Filing of 无变化. @throws report-incomplete, explanation-needed and those of saveReport */
const unchanged = (act: Act): Decision => filing(act, ({ previous }) => toUnchangedEntry(previous))

/** Filing of one report of many. @throws validation-failed and those of saveReport */
export function filingOf({ entry, isUnchanged = false }: Pick<Filing, 'entry' | 'isUnchanged'>, act: Act): Decision {
  if (isUnchanged === (entry !== undefined))
    throw refuse('validation-failed', 'entry', {
      zh: '请填写 entry，或以 isUnchanged 表示无变化，二者选一',
      en: 'Send an entry, or isUnchanged, and not both',
    })
  return entry === undefined ? unchanged(act) : filing(act, () => entry)
}

/** Files the draft. @throws report-incomplete, exceeds-total-investment, explanation-needed and those of saveReport */
export const submitReport = (database: Database<DB>, of: ReportKey, act: Act): Promise<Report> =>
  applyDecision(
    database,
    of,
    act,
    submission(act, (context) => decideSubmit(context.terms, context.report, factsOf(context), act)),
  )

/** Files 无变化 in one call. @throws report-incomplete, explanation-needed and those of saveReport */
export const fileUnchanged = (database: Database<DB>, of: ReportKey, act: Act): Promise<Report> =>
  applyDecision(database, of, act, unchanged(act))
