import type { EventPayload } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { markUnlocked } from '../repositories/marks.repository.ts'
import { saveSettlement, saveSlips } from '../repositories/slips.repository.ts'

/** Keeps which steps of a project have slipped; its lights follow. */
export async function noteSlips(
  trx: Transaction<DB>,
  slipped: EventPayload<'steps.slipped.v1'>,
  { toldAt, now }: { readonly toldAt: string; readonly now: Date },
): Promise<void> {
  await saveSlips(trx, slipped, toldAt)
  await markUnlocked(trx, slipped.projectId, now)
}

/** Keeps that a slip is over; its lights follow. */
export async function noteSettled(
  trx: Transaction<DB>,
  settled: EventPayload<'step.settled.v1'>,
  now: Date,
): Promise<void> {
  await saveSettlement(trx, settled)
  await markUnlocked(trx, settled.projectId, now)
}
