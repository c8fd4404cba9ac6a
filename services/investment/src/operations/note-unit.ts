import type { EventPayload } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { forgetSummaries } from '../repositories/summaries.repository.ts'
import { saveUnit } from '../repositories/units.repository.ts'

/** Keeps the name of a unit; the newer version wins. */
export async function noteUnit(trx: Transaction<DB>, unit: EventPayload<'unit.changed.v1'>): Promise<void> {
  await saveUnit(trx, unit)
  await forgetSummaries(trx)
}
