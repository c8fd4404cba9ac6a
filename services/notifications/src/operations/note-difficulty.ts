import { DIFFICULTY_CATEGORIES, type EventPayload, toInstant } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { openFacts, settleFact } from './note-facts.ts'

const KIND = 'difficulty-overdue'
const END_OF_DAY = '23:59'

/** A difficulty has passed its due day: it has its alert, of which the unit in charge hears too. */
export const noteDifficulty = (
  trx: Transaction<DB>,
  {
    difficultyId,
    projectId,
    unitInChargeId,
    category,
    coordinationLevel,
    dueOn,
  }: EventPayload<'difficulty.slipped.v1'>,
  eventId: string,
  now: Date,
): Promise<void> => {
  const label = `${DIFFICULTY_CATEGORIES[category].zh}，协调层级 ${coordinationLevel} 级`
  const doer = { doerId: null, doerUnitId: unitInChargeId }
  const fact = { subjectId: difficultyId, period: null, label, dueAt: toInstant(dueOn, END_OF_DAY), ...doer }
  return openFacts(trx, KIND, [fact], { projectId, eventId }, now)
}

/** A difficulty is settled: its alert closes by itself. */
export const noteResolved = (
  trx: Transaction<DB>,
  { difficultyId, projectId, resolvedAt }: EventPayload<'difficulty.resolved.v1'>,
  eventId: string,
): Promise<void> => settleFact(trx, KIND, difficultyId, { projectId, eventId }, new Date(resolvedAt))

/** A difficulty has a due day to come: its alert closes until that has passed too. */
export const noteRescheduled = (
  trx: Transaction<DB>,
  { difficultyId, projectId, rescheduledAt }: EventPayload<'difficulty.rescheduled.v1'>,
  eventId: string,
): Promise<void> => settleFact(trx, KIND, difficultyId, { projectId, eventId }, new Date(rescheduledAt))
