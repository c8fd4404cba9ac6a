import { type Database, type Param, type Prepared, prepare } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import { type RawBuilder, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { conditionsOf, type FilterParams, keyOfFilters, type ProjectFilter, toFilterParams } from './project-filter.ts'
import { projectColumns } from './project-record.ts'

interface PageParams extends FilterParams {
  after: string
}
type Page = { json: string }

/** Which page is asked for: of which projects, after which id, how many. */
export interface PageRequest {
  readonly filter: ProjectFilter
  readonly reach: Reach
  readonly after: string | undefined
  readonly limit: number
}

// A full page has a cursor: asking for one row more, to know that it is the last one, costs a fifth of the page.
const pageOf = ({ filter, reach, after, limit }: PageRequest, value: Param<PageParams>): RawBuilder<Page> =>
  sql`
    select json_build_object('items', coalesce(json_agg(item), '[]'::json),
      'nextCursor', case when count(*) = ${sql.lit(limit)} then min(item.id::text) end)::text as json
    from (select ${projectColumns} from projects p left join units u on u.id = p.responsible_unit_id
      where ${conditionsOf(filter, reach, value)}${after === undefined ? sql`` : sql` and p.id < ${value('after')}::uuid`}
      order by p.id desc limit ${sql.lit(limit)}) item`

// Every connection keeps each of them, and there are more combinations of filters than anybody asks for twice.
const MAX_STATEMENTS = 200
const statements = new Map<string, Prepared<PageParams, Page>>()

// One statement per combination of filters in use, so that PostgreSQL can plan each with its index, and a literal limit.
function statementFor(request: PageRequest): Prepared<PageParams, Page> | undefined {
  const { filter, reach, after, limit } = request
  const scope = [reach.unitId === null ? '' : 'unit', reach.regionPrefix === '' ? '' : 'region']
  const key = [keyOfFilters(filter), ...scope, after && 'after', limit].join()
  const known = statements.get(key)
  if (known !== undefined || statements.size >= MAX_STATEMENTS) return known
  const statement = prepare<PageParams, Page>(`projects-${key}`, (param) => pageOf(request, param))
  statements.set(key, statement)
  return statement
}

const isSearch = ({ q, owner }: ProjectFilter) => q !== undefined || owner !== undefined

/** A page of projects, newest first, as JSON text; the cursor is the last id of the page. */
export async function listProjectPage(database: Database<DB>, request: PageRequest): Promise<string> {
  const params: PageParams = { ...toFilterParams(request.filter, request.reach), after: request.after ?? '' }
  // How many projects hold some words decides how to find them best, so a search is planned with its words.
  const statement = isSearch(request.filter) ? undefined : statementFor(request)
  const [row] =
    statement === undefined
      ? (await pageOf(request, (name) => sql`${params[name]}`).execute(database.kysely)).rows
      : await statement(database.pool, params)
  return row?.json ?? '{"items":[],"nextCursor":null}'
}

const one = prepare<{ id: string }, Page>(
  'project-by-id',
  (param) =>
    sql`select row_to_json(item)::text as json from (select ${projectColumns} from projects p
      left join units u on u.id = p.responsible_unit_id where p.id = ${param('id')}::uuid) item`,
)

/** One project as JSON text. */
export const findProjectJson = async (database: Database<DB>, id: string): Promise<string | undefined> =>
  (await one(database.pool, { id }))[0]?.json
