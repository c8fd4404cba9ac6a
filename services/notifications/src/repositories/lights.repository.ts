import type { EventPayload } from '@tiaodu/types'
import { sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

type LightOfProject = EventPayload<'lights.changed.v1'>['projects'][number]

/** Notes how far each project has been told of. @returns those of which nothing newer was known */
export async function takeNewer(trx: Transaction<DB>, projects: readonly LightOfProject[]): Promise<LightOfProject[]> {
  const { rows } = await sql<{ id: string }>`
    insert into project_lights as old (project_id, revision)
    select id, revision from unnest(${projects.map(({ projectId }) => projectId)}::uuid[], ${projects.map(({ revision }) => revision)}::int[])
      as l (id, revision) order by id
    on conflict (project_id) do update set revision = excluded.revision where old.revision < excluded.revision
    returning project_id as id`.execute(trx)
  const newer = new Set(rows.map(({ id }) => id))
  return projects.filter(({ projectId }) => newer.has(projectId))
}
