import type { SavedView } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** Whose views are meant: a person's own, or (null) those that are shared. */
export interface OwnedView extends Omit<SavedView, 'isShared'> {
  readonly personId: string | null
}

const columns = sql`id, name, filters, person_id as "personId", person_id is null as "isShared", version`

/** The views that are shared and a person's own, by name. */
export async function listViews(db: Kysely<DB>, personId: string): Promise<SavedView[]> {
  const { rows } = await sql<SavedView>`
    select id, name, filters, person_id is null as "isShared", version from saved_views
    where person_id = ${personId} or person_id is null order by person_id is null desc, name`.execute(db)
  return rows
}

export async function countViews(db: Kysely<DB>, personId: string | null): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from saved_views where person_id is not distinct from ${personId}::uuid`.execute(db)
  return rows[0]?.count ?? 0
}

export async function lockView(db: Kysely<DB>, id: string): Promise<OwnedView | undefined> {
  const { rows } = await sql<OwnedView>`select ${columns} from saved_views where id = ${id} for update`.execute(db)
  return rows[0]
}

/** Adds a view, or saves it over what it was. */
export async function saveView(
  db: Kysely<DB>,
  { id, personId, name, filters, version }: OwnedView,
  { at, actorName }: { at: Date; actorName: string },
): Promise<void> {
  await sql`
    insert into saved_views (id, person_id, name, filters, version, updated_at, updated_by)
    values (${id}, ${personId}, ${name}, ${JSON.stringify(filters)}, ${version}, ${at}, ${actorName})
    on conflict (id) do update set name = excluded.name, filters = excluded.filters, version = excluded.version,
      updated_at = excluded.updated_at, updated_by = excluded.updated_by`.execute(db)
}

export const deleteView = async (db: Kysely<DB>, id: string): Promise<void> => {
  await db.deleteFrom('saved_views').where('id', '=', id).execute()
}
