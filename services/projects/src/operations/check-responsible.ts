import { refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { StoredProject } from '../domain/project-change.ts'
import type { DB } from '../generated/tables.ts'
import { isAppointed } from '../repositories/appointments.repository.ts'
import { findPerson } from '../repositories/people.repository.ts'
import { findUnit } from '../repositories/units.repository.ts'

/** @throws unknown-reference naming `field` when nobody of this id holds the role of a responsible leader */
export async function checkLeader(db: Kysely<DB>, id: string, field: string): Promise<void> {
  if (await isAppointed(db, id, 'leader')) return
  throw refuse('unknown-reference', field, { zh: '不是责任领导', en: 'This is not a responsible leader' })
}

/**
 * Holds who answers for a project against the register. Only what a change enters anew: a person may leave or move on,
 * and the rest of the project can be changed none the less. Whoever files must be able to sign in as filer of the unit.
 * @returns the responsible unit's name
 * @throws unknown-reference naming the field
 */
export async function checkResponsible(
  db: Kysely<DB>,
  project: StoredProject,
  current: StoredProject | undefined,
): Promise<string | null> {
  const { responsibleUnitId, filerId, leaderId } = project
  const unit = responsibleUnitId === null ? undefined : await findUnit(db, responsibleUnitId)
  if (responsibleUnitId !== null && unit === undefined) {
    throw refuse('unknown-reference', 'responsibleUnitId', { zh: '没有这个单位', en: 'There is no such unit' })
  }
  const isFilerNew = filerId !== current?.filerId || responsibleUnitId !== current.responsibleUnitId
  if (filerId !== null && isFilerNew) {
    const filer = await findPerson(db, filerId)
    if (filer?.role !== 'filer' || filer.unitId !== responsibleUnitId || filer.leftOn !== null) {
      throw refuse('unknown-reference', 'filerId', {
        zh: '不是责任单位的填报人',
        en: 'This is not a filer of the responsible unit',
      })
    }
  }
  if (leaderId !== null && leaderId !== current?.leaderId) await checkLeader(db, leaderId, 'leaderId')
  for (const [at, { personId }] of project.leaders.entries()) {
    const isNew = current?.leaders.every((known) => known.personId !== personId) ?? true
    if (isNew) await checkLeader(db, personId, `leaders.${at}.personId`)
  }
  return unit?.name ?? null
}
