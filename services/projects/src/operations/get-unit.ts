import { refuse, type Unit } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { findUnit } from '../repositories/units.repository.ts'

/** One unit. @throws not-found */
export async function getUnit(db: Kysely<DB>, id: string): Promise<Unit> {
  const unit = await findUnit(db, id)
  if (unit === undefined) throw refuse('not-found', 'id', { zh: '没有这个单位', en: 'There is no such unit' })
  return unit
}
