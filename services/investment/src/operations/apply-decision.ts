import type { Database } from '@tiaodu/database'
import { toOutboxRow } from '@tiaodu/messaging/outbox'
import { type NewEvent, type Report, refuse } from '@tiaodu/types'
import type { Act, StoredReport } from '../domain/report.ts'
import type { DB } from '../generated/tables.ts'
import { type Action, writeReport } from '../repositories/report-write.repository.ts'
import { type DueContext, getReportContext, toReportView } from './report-context.ts'

/** A use case of a report: what it decides, and what the world is told of it. */
export interface Decision {
  readonly action: Action | null
  decide(context: DueContext): StoredReport
  toEvent(context: DueContext, report: StoredReport): NewEvent | null
}

/** Loads, decides and saves with history, roll-up and event in one statement; a lost race changes nothing. */
export async function applyDecision(
  database: Database<DB>,
  params: { id: string; period: string },
  act: Act,
  { action, decide, toEvent }: Decision,
): Promise<Report> {
  const { now, actorId } = act
  const context = await getReportContext(database, params, now)
  const report = decide(context)
  const event = toEvent(context, report)
  const isWritten = await writeReport(database, {
    report,
    previousVersion: context.report?.version ?? 0,
    action,
    actorId,
    event: event && toOutboxRow(event, now),
    now,
  })
  if (!isWritten)
    throw refuse('version-mismatch', 'If-Match', {
      zh: '他人刚刚保存了内容',
      en: 'Somebody else saved at the same moment',
    })
  return toReportView(context, report, now)
}

/** What every event about a report says. */
export const aboutReport = ({ terms, unitId }: DueContext, report: StoredReport) => ({
  obligationId: terms.obligationId,
  projectId: terms.projectId,
  unitId,
  period: terms.period,
  dueAt: terms.dueAt.toISOString(),
  revision: report.revision,
})
