import type { Database } from '@tiaodu/database'
import type { Report, ReportEntry } from '@tiaodu/types'
import type { Act } from '../domain/report.ts'
import { decideSave } from '../domain/report-decisions.ts'
import type { DB } from '../generated/tables.ts'
import { applyDecision } from './apply-decision.ts'
import type { ReportKey } from './report-context.ts'

/** Saves the draft with exactly this entry. @throws period-locked, report-not-editable, version-mismatch and those of getReport */
export const saveReport = (
  database: Database<DB>,
  of: ReportKey,
  entry: Partial<ReportEntry>,
  act: Act,
): Promise<Report> =>
  applyDecision(database, of, act, {
    actionOf: () => null,
    decide: ({ terms, report }) => decideSave(terms, report, entry, act),
    toEvent: () => null,
  })
