import type { EventPayload } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** Keeps what an event says of a unit unless something newer is known; what was kept before its kind or parent was is told again. */
export async function saveUnit(
  db: Kysely<DB>,
  { unitId, version, name, kind, regionCode, parentId, peerGroup }: EventPayload<'unit.changed.v1'>,
): Promise<void> {
  const row = {
    ...{ id: unitId, version, name, kind },
    ...{ region_code: regionCode, parent_id: parentId, peer_group: peerGroup },
  }
  await db
    .insertInto('units')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet(row)
        .where(sql<boolean>`units.version < excluded.version
        or (units.version = excluded.version
          and (units.kind is null or units.parent_id is distinct from excluded.parent_id))`),
    )
    .execute()
}

/** Keeps the name that a project's event gives its unit, until an event of the unit itself is known. */
export async function saveUnitOf(
  db: Kysely<DB>,
  { responsibleUnitId: id, responsibleUnitName: name }: EventPayload<'project.changed.v1'>,
): Promise<void> {
  if (id === null || name === null) return
  await sql`
    insert into units (id, version, name) values (${id}, 0, ${name})
    on conflict (id) do update set name = excluded.name where units.version = 0 and units.name <> excluded.name`.execute(
    db,
  )
}
