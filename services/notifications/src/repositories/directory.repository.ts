import type { EventPayload, Person } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { KnownPerson } from '../domain/recipients.ts'
import type { DB } from '../generated/tables.ts'
import { saveUnitOf } from './units.repository.ts'

/** Keeps what an event says of a project unless something newer is known. */
export async function saveProject(db: Kysely<DB>, project: EventPayload<'project.changed.v1'>): Promise<void> {
  await saveUnitOf(db, project)
  const row = {
    id: project.projectId,
    version: project.version,
    name: project.name,
    region_code: project.regionCode,
    unit_id: project.responsibleUnitId,
    filer_id: project.filerId,
    leader_id: project.leaderId,
  }
  await db
    .insertInto('projects')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(row).whereRef('projects.version', '<', 'excluded.version'),
    )
    .execute()
}

/** Keeps a person unless something newer is known. */
export async function savePerson(db: Kysely<DB>, person: Person): Promise<void> {
  const { id, version, name, unitId, role, regionCode, email, mobile, leftOn } = person
  const place = { unit_id: unitId, role, region_code: regionCode, has_left: leftOn !== null }
  const row = { id, version, name, ...place, email, mobile }
  await db
    .insertInto('people')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(row).whereRef('people.version', '<=', 'excluded.version'),
    )
    .execute()
}

/** The people in office; who left is kept, so that an older word of them cannot bring them back. */
export async function listPeople(db: Kysely<DB>): Promise<KnownPerson[]> {
  const rows = await db
    .selectFrom('people')
    .select(['id', 'name', 'unit_id', 'role', 'region_code'])
    .where('has_left', '=', false)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    unitId: row.unit_id,
    role: row.role as KnownPerson['role'],
    regionCode: row.region_code,
  }))
}

export interface KnownProject {
  readonly id: string
  readonly name: string
  readonly responsible: {
    readonly unitId: string | null
    readonly regionCode: string
    readonly filerId: string | null
    readonly leaderId: string | null
  }
}

export async function findProject(db: Kysely<DB>, id: string): Promise<KnownProject | undefined> {
  const row = await db.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) return undefined
  const responsible = {
    unitId: row.unit_id,
    regionCode: row.region_code,
    filerId: row.filer_id,
    leaderId: row.leader_id,
  }
  return { id: row.id, name: row.name, responsible }
}
