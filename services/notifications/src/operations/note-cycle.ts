import type { EventPayload } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { saveCycle } from '../repositories/cycles.repository.ts'
import { saveObligations } from '../repositories/obligations.repository.ts'
import { planObligations } from './plan-obligations.ts'

/** Keeps a cycle that was opened, and plans what is told of its obligations. */
export async function noteCycle(trx: Transaction<DB>, cycle: EventPayload<'cycle.opened.v1'>): Promise<void> {
  await saveCycle(trx, cycle)
  await planObligations(trx, { cycleId: cycle.cycleId })
}

/** Keeps obligations that were issued, and plans what is told of them. */
export async function noteObligations(
  trx: Transaction<DB>,
  issued: EventPayload<'obligations.issued.v1'>,
): Promise<void> {
  await saveObligations(trx, issued)
  await planObligations(trx, { ids: issued.obligations.map(({ obligationId }) => obligationId) })
}
