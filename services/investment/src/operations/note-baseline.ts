import type { EventPayload } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { saveBaseline } from '../repositories/baselines.repository.ts'

/** Keeps what the last approval lets a project cost; nothing that is counted changes by it. */
export const noteBaseline = (trx: Transaction<DB>, baseline: EventPayload<'baseline.recorded.v1'>): Promise<void> =>
  saveBaseline(trx, baseline)
