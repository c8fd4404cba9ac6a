import { type BodyOf, type Region, refuse, type routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { assessRegion } from '../domain/region.ts'
import type { DB } from '../generated/tables.ts'
import { findRegion, saveRegion } from '../repositories/regions.repository.ts'
import type { Act } from './act.ts'

/** Registers a region, or takes over one that a list has named. @throws already-exists, unknown-reference, validation-failed */
export const registerRegion = (
  db: Kysely<DB>,
  { code, name, parentCode = null }: BodyOf<typeof routes.createRegion>,
  act: Act,
): Promise<Region> =>
  db.transaction().execute(async (trx) => {
    if (parentCode !== null && (await findRegion(trx, parentCode)) === undefined) {
      throw refuse('unknown-reference', 'parentCode', { zh: '上级区划未登记', en: 'There is no such region' })
    }
    assessRegion({ code, parentCode })
    const region = await saveRegion(trx, { code, name, parentCode, origin: 'registered' }, act)
    if (region === undefined) {
      throw refuse('already-exists', 'code', { zh: '此区划代码已登记', en: 'This code is registered already' })
    }
    return region
  })
