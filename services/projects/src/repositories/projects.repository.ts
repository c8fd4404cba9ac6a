import { type Database, prepare } from '@tiaodu/database'
import type { Place } from '@tiaodu/service'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { StoredProject } from '../domain/project-change.ts'
import type { DB, Projects } from '../generated/tables.ts'
import { COLUMNS, toProject, toRow } from './project-record.ts'

export async function findProject(db: Kysely<DB>, id: string): Promise<StoredProject | undefined> {
  const row = await db.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toProject(row)
}

export async function lockProject(trx: Transaction<DB>, id: string): Promise<StoredProject | undefined> {
  const row = await trx.selectFrom('projects').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && toProject(row)
}

/** A project that a row of a file may mean, with its unit's name. */
export interface KnownProject {
  readonly project: StoredProject
  readonly unitName: string | null
}

/** The projects that have one of these codes, or one of these names in its region; held until the transaction ends. */
export async function lockNamed(
  trx: Transaction<DB>,
  wanted: readonly { regionCode: string; name: string; projectCode?: string | null | undefined }[],
): Promise<KnownProject[]> {
  const keys = wanted.map(({ regionCode, name, projectCode }) => ({ regionCode, name, projectCode }))
  const { rows } = await sql<Selectable<Projects> & { unit_name: string | null }>`
    with wanted as (
      select * from json_to_recordset(${JSON.stringify(keys)}::json) as w ("regionCode" text, name text, "projectCode" text)
    )
    select p.*, (select u.name from units u where u.id = p.responsible_unit_id) as unit_name from projects p
    where p.id in (
      select q.id from wanted w join projects q on q.region_code = w."regionCode" and q.name = w.name
      union select q.id from wanted w join projects q on q.project_code = w."projectCode"
    ) order by p.id for update`.execute(trx)
  return rows.map((row) => ({ project: toProject(row), unitName: row.unit_name }))
}

/** Every name of a region; in one value, because there may be very many. */
export async function listNames(db: Kysely<DB>, regionCode: string): Promise<string[]> {
  const { rows } = await sql<{ names: string[] | null }>`
    select json_agg(name) as names from projects where region_code = ${regionCode}`.execute(db)
  return rows[0]?.names ?? []
}

const columns = sql.join(COLUMNS.map((name) => sql.ref(name)))

/** Many in one statement. @returns how many were inserted; one whose name its region has already is left out */
export async function insertProjects(trx: Transaction<DB>, projects: readonly StoredProject[]): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    insert into projects (${columns})
    select ${columns} from json_populate_recordset(null::projects, ${JSON.stringify(projects.map(toRow))}::json)
    on conflict (region_code, name) do nothing`.execute(trx)
  return Number(numAffectedRows)
}

/** Many in one statement, by their ids. */
export async function saveProjects(trx: Transaction<DB>, projects: readonly StoredProject[]): Promise<void> {
  await sql`
    update projects p set (${columns}) = (select ${columns} from (select saved.*) as s)
    from json_populate_recordset(null::projects, ${JSON.stringify(projects.map(toRow))}::json) as saved
    where p.id = saved.id`.execute(trx)
}

/** Which field of a project belongs to another one already: its name within the region, or its code. */
export async function findTaken(
  db: Kysely<DB>,
  project: Pick<StoredProject, 'id' | 'regionCode' | 'name' | 'projectCode'>,
): Promise<'name' | 'projectCode' | undefined> {
  const { rows } = await sql<{ taken: 'name' | 'projectCode' }>`
    select case when name = ${project.name} and region_code = ${project.regionCode} then 'name' else 'projectCode' end as taken
    from projects where id <> ${project.id}
      and (name = ${project.name} and region_code = ${project.regionCode} or project_code = ${project.projectCode})
    limit 1`.execute(db)
  return rows[0]?.taken
}

/** Whether a project can be the parent of another: it exists and is not a sub-project itself. */
export async function findParent(db: Kysely<DB>, id: string): Promise<{ parentId: string | null } | undefined> {
  return await db.selectFrom('projects').select('parent_id as parentId').where('id', '=', id).executeTakeFirst()
}

export const hasSubProjects = async (db: Kysely<DB>, id: string): Promise<boolean> =>
  (await db.selectFrom('projects').select('id').where('parent_id', '=', id).executeTakeFirst()) !== undefined

const placeOf = prepare<{ id: string }, Place>(
  'place-of-project',
  (param) =>
    sql`select responsible_unit_id as "unitId", region_code as "regionCode" from projects where id = ${param('id')}::uuid`,
)

/** Where a project stands; asked on every call that names one. */
export const findPlace = async ({ pool }: Database<DB>, id: string): Promise<Place | undefined> =>
  (await placeOf(pool, { id }))[0]
