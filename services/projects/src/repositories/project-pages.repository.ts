import { type Database, type Param, type Prepared, prepare } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import { type RawBuilder, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'
import {
  conditionsOf,
  type FilterParams,
  holdWords,
  isSearch,
  keyOfFilters,
  type ProjectFilter,
  toFilterParams,
  withoutWords,
} from './project-filter.ts'
import { projectColumns } from './project-record.ts'

interface PageParams extends FilterParams {
  after: string
}
type Page = { json: string; isFull: boolean }

/** Which page is asked for: of which projects, after which id, how many. */
export interface PageRequest {
  readonly filter: ProjectFilter
  readonly reach: Reach
  readonly after: string | undefined
  readonly limit: number
}

// A full page has a cursor: asking for one row more, to know that it is the last one, costs a fifth of the page.
const pageOf = (limit: number, rows: RawBuilder<unknown>): RawBuilder<Page> =>
  sql`
    select json_build_object('items', coalesce(json_agg(item), '[]'::json),
      'nextCursor', case when count(*) = ${sql.lit(limit)} then min(item.id::text) end)::text as json,
      count(*) = ${sql.lit(limit)} as "isFull"
    from (${rows} order by p.id desc limit ${sql.lit(limit)}) item`

type Value = Param<PageParams>
type Rows = (request: PageRequest, value: Value) => RawBuilder<unknown>

const conditions = ({ filter, reach, after }: PageRequest, value: Value) =>
  sql`${conditionsOf(filter, reach, value)}${after === undefined ? sql`` : sql` and p.id < ${value('after')}::uuid`}`

const every: Rows = (request, value) => sql`
  select ${projectColumns} from projects p left join units u on u.id = p.responsible_unit_id
  where ${conditions(request, value)}`

// Among so many a page of what is common is found by reading; what is not, is rare enough to be gathered by index.
const NEWEST = 2_000

// The page is full before units are joined: read in the order of the page, reading ends with its last project.
const amongNewest: Rows = (request, value) => sql`
  select ${projectColumns} from (
    select * from (
      select * from projects p where ${conditions({ ...request, filter: withoutWords(request.filter) }, value)}
      order by p.id desc limit ${sql.lit(NEWEST)}
    ) p where ${holdWords(request.filter, value)} order by p.id desc limit ${sql.lit(request.limit)}
  ) p left join units u on u.id = p.responsible_unit_id`

const byGrams: Rows = (request, value) => sql`
  select ${projectColumns} from (
    with found as materialized (select p.id from projects p where ${conditions(request, value)})
    select id from found order by id desc limit ${sql.lit(request.limit)}
  ) f join projects p on p.id = f.id left join units u on u.id = p.responsible_unit_id`

// Every connection keeps each of them, and there are more combinations of filters than anybody asks for twice.
const MAX_STATEMENTS = 200
const statements = new Map<string, Prepared<PageParams, Page>>()

// One statement per combination of filters in use, so that PostgreSQL can plan each with its index, and a literal limit.
function statementFor(request: PageRequest, rows: Rows): Prepared<PageParams, Page> | undefined {
  const { filter, reach, after, limit } = request
  const scope = [reach.unitId === null ? '' : 'unit', reach.regionPrefix === '' ? '' : 'region']
  const key = [rows.name, keyOfFilters(filter), ...scope, after && 'after', limit].join()
  const known = statements.get(key)
  if (known !== undefined || statements.size >= MAX_STATEMENTS) return known
  const statement = prepare<PageParams, Page>(`projects-${key}`, (param) => pageOf(limit, rows(request, param)))
  statements.set(key, statement)
  return statement
}

async function read(database: Database<DB>, request: PageRequest, rows: Rows): Promise<Page | undefined> {
  const params: PageParams = { ...toFilterParams(request.filter, request.reach), after: request.after ?? '' }
  const statement = statementFor(request, rows)
  const [page] =
    statement === undefined
      ? (
          await pageOf(
            request.limit,
            rows(request, (name) => sql`${params[name]}`),
          ).execute(database.kysely)
        ).rows
      : await statement(database.pool, params)
  return page
}

/**
 * A page of projects, newest first, as JSON text; the cursor is the last id of the page. How many hold some words is
 * not known beforehand, and PostgreSQL guesses badly: a search reads the newest, and asks the index when they do not
 * fill the page.
 */
export async function listProjectPage(database: Database<DB>, request: PageRequest): Promise<string> {
  const page = await read(database, request, isSearch(request.filter) ? amongNewest : every)
  const whole = page?.isFull || !isSearch(request.filter) ? page : await read(database, request, byGrams)
  return whole?.json ?? '{"items":[],"nextCursor":null}'
}

const one = prepare<{ id: string }, Pick<Page, 'json'>>(
  'project-by-id',
  (param) =>
    sql`select row_to_json(item)::text as json from (select ${projectColumns} from projects p
      left join units u on u.id = p.responsible_unit_id where p.id = ${param('id')}::uuid) item`,
)

/** One project as JSON text. */
export const findProjectJson = async (database: Database<DB>, id: string): Promise<string | undefined> =>
  (await one(database.pool, { id }))[0]?.json
