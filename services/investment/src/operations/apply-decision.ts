import type { Database } from '@tiaodu/database'
import { toOutboxRow } from '@tiaodu/messaging/outbox'
import { type NewEvent, type Report, refuse, type Words } from '@tiaodu/types'
import type { Act, StoredReport } from '../domain/report.ts'
import type { DueContext } from '../domain/report-context.ts'
import { awaitedLevel } from '../domain/review-levels.ts'
import type { DB } from '../generated/tables.ts'
import { type Action, type ReportWrite, writeReport } from '../repositories/report-write.repository.ts'
import { getReportContext, type ReportKey, toReportView } from './report-context.ts'

/** A use case of a report: what it decides, and what the world is told of it. */
export interface Decision {
  /** What is kept as done, of the report as it has become. */
  actionOf(report: StoredReport): Action | null
  /** The report as it becomes; the same one when nothing happens to it. */
  decide(context: DueContext): StoredReport
  toEvent(context: DueContext, report: StoredReport): NewEvent | null
}

/** Somebody else was faster. */
export const OVERTAKEN: Words = { zh: '他人刚刚保存了内容', en: 'Somebody else saved at the same moment' }

/** Loads, decides and saves with history, roll-up and event in one statement; a lost race changes nothing. */
export async function applyDecision(
  database: Database<DB>,
  of: ReportKey,
  act: Act,
  decision: Decision,
): Promise<Report> {
  const context = await getReportContext(database, of, act.now)
  const decided = toWrite(context, act, decision)
  const isChanged = decided.report !== context.report
  if (isChanged && !(await writeReport(database, decided))) throw refuse('version-mismatch', 'If-Match', OVERTAKEN)
  return toReportView(context, decided.report, act.now)
}

/** What is to be written once it is decided. */
export function toWrite(context: DueContext, act: Act, { actionOf, decide, toEvent }: Decision): ReportWrite {
  const report = decide(context)
  const action = actionOf(report)
  const reviewed = context.report?.state === 'submitted' ? awaitedLevel(context.terms.review, context.report) : null
  const approvedByYuan = action === 'approved' ? report.entry.completedYuan : null
  return toWriteOf(report, { action, levelName: reviewed?.name ?? null, approvedByYuan }, toEvent(context, report), act)
}

/** A report with what goes with it when it is written. */
export const toWriteOf = (
  report: StoredReport,
  done: Pick<ReportWrite, 'action' | 'levelName' | 'approvedByYuan'>,
  event: NewEvent | null,
  { now, actorId }: Act,
): ReportWrite => ({ ...done, report, actorId, event: event && toOutboxRow(event, now), now })

/** What every event about a report says. */
export const aboutReport = ({ terms, unitId }: DueContext, report: StoredReport) => ({
  obligationId: terms.obligationId,
  projectId: terms.projectId,
  unitId,
  period: terms.period,
  dueAt: terms.dueAt.toISOString(),
  revision: report.revision,
})
