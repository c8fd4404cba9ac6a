import type { EventPayload } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { Ways } from '../domain/channel-choice.ts'
import { nextWorkdayMorning } from '../domain/escalation.ts'
import { createDirectory, resolveRung } from '../domain/recipients.ts'
import { wordReturn } from '../domain/wording.ts'
import type { DB } from '../generated/tables.ts'
import { closeAlert } from '../repositories/alerts.repository.ts'
import { findProject, listPeople } from '../repositories/directory.repository.ts'
import { insertMessages } from '../repositories/messages.repository.ts'
import { findSchedule, noteRevision, setNextStep } from '../repositories/obligations.repository.ts'

/** A filed report closes its alert by itself. */
export async function noteSubmission(trx: Transaction<DB>, report: EventPayload<'report.submitted.v1'>): Promise<void> {
  const isOpen = await noteRevision(trx, report, 'filed')
  if (!isOpen) await closeAlert(trx, report.obligationId, new Date(report.submittedAt))
}

/**
 * A returned report is open again and its filer hears why at once. What fell due while it was under review is not held
 * against the unit: the next step is the first in the future, or the morning of the next workday.
 */
export async function noteReturn(
  trx: Transaction<DB>,
  report: EventPayload<'report.returned.v1'>,
  ways: Ways,
  now: Date,
): Promise<void> {
  const project = await findProject(trx, report.projectId)
  if (project === undefined) throw new Error(`Project ${report.projectId} has not arrived yet`)
  const isOpen = await noteRevision(trx, report, 'returned')
  const schedule = await findSchedule(trx, report.obligationId)
  if (isOpen && schedule !== undefined) {
    const returnedAt = new Date(report.returnedAt)
    const next = schedule.steps.findIndex((at) => at > returnedAt)
    const future = schedule.steps[next]
    if (future !== undefined) await setNextStep(trx, report.obligationId, next, future)
    else {
      const morning = nextWorkdayMorning(returnedAt, schedule.workdays)
      await setNextStep(trx, report.obligationId, schedule.steps.length - 1, morning)
    }
  }
  const { people } = resolveRung('filer', project.responsible, createDirectory(await listPeople(trx)))
  const wording = wordReturn(project, report.period, report.reasons)
  await insertMessages(
    trx,
    people.map(({ id }) => ({ personId: id, wording })),
    ways,
    now,
  )
}
