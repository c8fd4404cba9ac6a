import type { EventPayload } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { Ways } from '../domain/channel-choice.ts'
import { wordReturn } from '../domain/wording.ts'
import type { DB } from '../generated/tables.ts'
import { closeAlerts } from '../repositories/alerts.repository.ts'
import { findProject } from '../repositories/directory.repository.ts'
import { noteRevision } from '../repositories/obligations.repository.ts'
import { resumeObligation } from './plan-obligations.ts'
import { tellEvent } from './tell.ts'

/** A filed report closes its alert by itself. */
export async function noteSubmission(trx: Transaction<DB>, report: EventPayload<'report.submitted.v1'>): Promise<void> {
  const { isOpen } = await noteRevision(trx, report, 'filed')
  if (!isOpen) await closeAlerts(trx, 'report-overdue', [report.obligationId], new Date(report.submittedAt))
}

/**
 * A returned report is open again and its filer hears why at once. What fell due while it was under review is not held
 * against the unit: it counts as missing from the due time on, or from the morning of the next workday.
 */
export async function noteReturn(
  trx: Transaction<DB>,
  report: EventPayload<'report.returned.v1'>,
  ways: Ways,
  now: Date,
): Promise<void> {
  const project = await findProject(trx, report.projectId)
  if (project === undefined) throw new Error(`Project ${report.projectId} has not arrived yet`)
  const { isOpen, dueAt } = await noteRevision(trx, report, 'returned')
  if (isOpen) await resumeObligation(trx, { obligationId: report.obligationId, dueAt }, new Date(report.returnedAt))
  const { period, reasons } = report
  const about = { projectId: project.id, responsible: project.responsible }
  await tellEvent(trx, 'report-returned', about, (ground) => wordReturn(project, period, reasons, ground), ways, now)
}
