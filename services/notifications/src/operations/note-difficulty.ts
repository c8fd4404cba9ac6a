import { DIFFICULTY_CATEGORIES, type EventPayload, toInstant } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { closeAlerts, openAlerts } from '../repositories/alerts.repository.ts'

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
  now: Date,
): Promise<void> =>
  openAlerts(
    trx,
    [
      {
        ...{ kind: 'difficulty-overdue', subjectId: difficultyId, projectId, period: null },
        label: `${DIFFICULTY_CATEGORIES[category].zh}，协调层级 ${coordinationLevel} 级`,
        dueAt: toInstant(dueOn, END_OF_DAY),
        ...{ doerId: null, doerUnitId: unitInChargeId },
      },
    ],
    now,
  )

/** A difficulty is settled: its alert closes by itself. */
export const noteResolved = (
  trx: Transaction<DB>,
  { difficultyId, resolvedAt }: EventPayload<'difficulty.resolved.v1'>,
): Promise<void> => closeAlerts(trx, 'difficulty-overdue', [difficultyId], new Date(resolvedAt))

/** A difficulty has a due day to come: its alert closes until that has passed too. */
export const noteRescheduled = (
  trx: Transaction<DB>,
  { difficultyId, rescheduledAt }: EventPayload<'difficulty.rescheduled.v1'>,
): Promise<void> => closeAlerts(trx, 'difficulty-overdue', [difficultyId], new Date(rescheduledAt))
