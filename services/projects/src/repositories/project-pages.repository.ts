import { type Database, type Prepared, prepare } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import { sql } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { projectColumns } from './project-json.ts'

interface ProjectFilter {
  readonly q?: string | undefined
  readonly regionCode?: string | undefined
  readonly stage?: string | undefined
  readonly category?: string | undefined
  readonly unitId?: string | undefined
  readonly after?: string | undefined
}

interface PageParams {
  unitId: string | null
  regionPrefix: string
  q: string
  regionCode: string
  stage: string
  category: string
  ofUnitId: string
  after: string
}

const pages = new Map<string, Prepared<PageParams, { json: string }>>()

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&')

// One statement per combination of filters in use, so that PostgreSQL can plan each with its index, and a literal limit.
function pageStatement(filter: ProjectFilter, reach: Reach, limit: number) {
  const used = (Object.keys(filter) as (keyof ProjectFilter)[]).filter((name) => filter[name] !== undefined)
  const scope = `${reach.unitId === null ? '' : 'unit'}${reach.regionPrefix === '' ? '' : 'region'}`
  const key = [...used, scope, limit].join(',')
  let statement = pages.get(key)
  if (statement === undefined) {
    statement = prepare<PageParams, { json: string }>(`projects-page-${key}`, (param) => {
      const conditions = [
        ...(reach.unitId === null ? [] : [sql`p.responsible_unit_id = ${param('unitId')}::uuid`]),
        ...(reach.regionPrefix === '' ? [] : [sql`p.region_code like ${param('regionPrefix')}::text || '%'`]),
        ...used.map(
          (name) =>
            ({
              q: sql`p.name ilike '%' || ${param('q')}::text || '%'`,
              regionCode: sql`p.region_code = ${param('regionCode')}::text`,
              stage: sql`p.stage = ${param('stage')}::text`,
              category: sql`p.category = ${param('category')}::text`,
              unitId: sql`p.responsible_unit_id = ${param('ofUnitId')}::uuid`,
              after: sql`p.id < ${param('after')}::uuid`,
            })[name],
        ),
      ]
      // A full page has a cursor: asking for one row more, to know that it is the last one, costs a fifth of the page.
      return sql`
        select json_build_object('items', coalesce(json_agg(item), '[]'::json),
          'nextCursor', case when count(*) = ${sql.lit(limit)} then min(item.id::text) end)::text as json
        from (select ${projectColumns} from projects p left join units u on u.id = p.responsible_unit_id
          where ${conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)}
          order by p.id desc limit ${sql.lit(limit)}) item`
    })
    pages.set(key, statement)
  }
  return statement
}

/** A page of projects within reach, newest first, as JSON text; the cursor is the last id of the page. */
export async function listProjectPage(
  database: Database<DB>,
  filter: ProjectFilter,
  reach: Reach,
  limit: number,
): Promise<string> {
  const [row] = await pageStatement(
    filter,
    reach,
    limit,
  )(database.pool, {
    unitId: reach.unitId,
    regionPrefix: reach.regionPrefix,
    q: escapeLike(filter.q ?? ''),
    regionCode: filter.regionCode ?? '',
    stage: filter.stage ?? '',
    category: filter.category ?? '',
    ofUnitId: filter.unitId ?? '',
    after: filter.after ?? '',
  })
  return row?.json ?? '{"items":[],"nextCursor":null}'
}

const one = prepare<{ id: string }, { json: string }>(
  'project-by-id',
  (param) =>
    sql`select row_to_json(item)::text as json from (select ${projectColumns} from projects p
      left join units u on u.id = p.responsible_unit_id where p.id = ${param('id')}::uuid) item`,
)

/** One project as JSON text. */
export const findProjectJson = async (database: Database<DB>, id: string): Promise<string | undefined> =>
  (await one(database.pool, { id }))[0]?.json
