import { type EventPayload, STEP_KINDS, toInstant } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { closeAlerts, openAlerts } from '../repositories/alerts.repository.ts'
import { findProject } from '../repositories/directory.repository.ts'

const END_OF_DAY = '23:59'

/** Steps of a project have slipped: each has its alert, of which the next sweep tells. */
export async function noteSlips(
  trx: Transaction<DB>,
  { projectId, steps }: EventPayload<'steps.slipped.v1'>,
  now: Date,
): Promise<void> {
  if ((await findProject(trx, projectId)) === undefined) throw new Error(`Project ${projectId} has not arrived yet`)
  const facts = steps.map(({ stepId, kind, name, dueOn, personId, unitId }) => ({
    ...{
      kind: 'step-slipped' as const,
      subjectId: stepId,
      projectId,
      period: null,
      doerId: personId,
      doerUnitId: unitId,
    },
    label: `${STEP_KINDS[kind]}“${name}”`,
    dueAt: toInstant(dueOn, END_OF_DAY),
  }))
  await openAlerts(trx, facts, now)
}

/** A step that had slipped is settled: its alert closes by itself. */
export const noteSettled = (
  trx: Transaction<DB>,
  { stepId, settledAt }: EventPayload<'step.settled.v1'>,
): Promise<void> => closeAlerts(trx, 'step-slipped', [stepId], new Date(settledAt))
