import { refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { findPerson, findUnit } from '../repositories/units.repository.ts'

interface References {
  readonly responsibleUnitId: string | null
  readonly filerId: string | null
  readonly leaderId: string | null
}

/**
 * The responsible unit's name. The filer must be a filer of that unit, the leader somebody with the role leader.
 * @throws unknown-reference naming the field
 */
export async function checkReferences(db: Kysely<DB>, project: References): Promise<string | null> {
  const unit = project.responsibleUnitId === null ? undefined : await findUnit(db, project.responsibleUnitId)
  if (project.responsibleUnitId !== null && unit === undefined) {
    throw refuse('unknown-reference', 'responsibleUnitId', 'There is no such unit')
  }
  const filer = project.filerId === null ? undefined : await findPerson(db, project.filerId)
  if (project.filerId !== null && (filer?.role !== 'filer' || filer.unitId !== project.responsibleUnitId)) {
    throw refuse('unknown-reference', 'filerId', 'This is not a filer of the responsible unit')
  }
  if (project.leaderId !== null && (await findPerson(db, project.leaderId))?.role !== 'leader') {
    throw refuse('unknown-reference', 'leaderId', 'This is not a responsible leader')
  }
  return unit?.name ?? null
}
