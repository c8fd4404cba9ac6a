import { refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { isCreditCode, WRONG_CHECK_DIGIT } from '../domain/credit-code.ts'
import type { StoredUnit } from '../domain/unit-change.ts'
import { assessKinds } from '../domain/unit-tree.ts'
import type { DB } from '../generated/tables.ts'
import { findRegion } from '../repositories/regions.repository.ts'
import { findTakenUnit, findUnit, listKindsBelow } from '../repositories/units.repository.ts'

/**
 * Holds a unit against its rules and against everything it names, before it is saved; `changed` is the field that
 * puts it into another place among the kinds.
 * @returns the region's name
 * @throws validation-failed, unknown-reference, already-exists, each naming the field
 */
export async function checkUnit(db: Kysely<DB>, unit: StoredUnit, changed: 'kind' | 'parentId'): Promise<string> {
  const { id, regionCode, parentId, creditCode, kind } = unit
  if (creditCode !== null && !isCreditCode(creditCode)) {
    throw refuse('validation-failed', 'creditCode', WRONG_CHECK_DIGIT)
  }
  const region = await findRegion(db, regionCode)
  if (region === undefined) {
    throw refuse('unknown-reference', 'regionCode', {
      zh: '区划代码未登记，请先登记区划',
      en: 'There is no such region; register it first',
    })
  }
  const parent = parentId === null ? undefined : await findUnit(db, parentId)
  if (parentId !== null && parent === undefined) {
    throw refuse('unknown-reference', 'parentId', { zh: '没有这个单位', en: 'There is no such unit' })
  }
  assessKinds(kind, { above: parent?.kind, below: await listKindsBelow(db, id) }, changed)
  const taken = await findTakenUnit(db, unit)
  if (taken === 'name') {
    throw refuse('already-exists', taken, {
      zh: `${region.name}已有同名单位`,
      en: `${region.name} has a unit of this name already`,
    })
  }
  if (taken === 'creditCode') {
    throw refuse('already-exists', taken, { zh: '另一个单位已使用此代码', en: 'Another unit has this code' })
  }
  return region.name
}
