import type { Database } from '@tiaodu/database'
import type { Report, ReportEntry } from '@tiaodu/types'
import { isSame } from '../domain/is-same.ts'
import type { Act } from '../domain/report.ts'
import { decideSave } from '../domain/report-decisions.ts'
import type { DB } from '../generated/tables.ts'
import { applyDecision } from './apply-decision.ts'
import type { ReportKey } from './report-context.ts'

/** Saves the draft with exactly this entry; what it says already is not written again. @throws period-locked, report-not-editable, version-mismatch and those of getReport */
export const saveReport = (
  database: Database<DB>,
  of: ReportKey,
  entry: Partial<ReportEntry>,
  act: Act,
): Promise<Report> =>
  applyDecision(database, of, act, {
    actionOf: () => null,
    decide({ terms, report }) {
      const saved = decideSave(terms, report, entry, act)
      return report !== undefined && isSame(report.entry, saved.entry) ? report : saved
    },
    toEvent: () => null,
  })
