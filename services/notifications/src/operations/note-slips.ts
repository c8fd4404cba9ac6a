import { type EventPayload, STEP_KINDS, toInstant } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { findProject } from '../repositories/directory.repository.ts'
import { openFacts, settleFact } from './note-facts.ts'

const KIND = 'step-slipped'
const END_OF_DAY = '23:59'

/** Steps of a project have slipped: each has its alert, of which the next sweep tells. */
export async function noteSlips(
  trx: Transaction<DB>,
  { projectId, steps }: EventPayload<'steps.slipped.v1'>,
  eventId: string,
  now: Date,
): Promise<void> {
  if ((await findProject(trx, projectId)) === undefined) throw new Error(`Project ${projectId} has not arrived yet`)
  const facts = steps.map(({ stepId, kind, name, dueOn, personId, unitId }) => ({
    ...{ subjectId: stepId, period: null, label: `${STEP_KINDS[kind]}“${name}”`, dueAt: toInstant(dueOn, END_OF_DAY) },
    ...{ doerId: personId, doerUnitId: unitId },
  }))
  await openFacts(trx, KIND, facts, { projectId, eventId }, now)
}

/** A step that had slipped is settled: its alert closes by itself. */
export const noteSettled = (
  trx: Transaction<DB>,
  { projectId, stepId, settledAt }: EventPayload<'step.settled.v1'>,
  eventId: string,
): Promise<void> => settleFact(trx, KIND, stepId, { projectId, eventId }, new Date(settledAt))
