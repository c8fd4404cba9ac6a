import { type Database, prepare } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import type { Attention, Grouping, LightReason, Tier } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { Figures, Group } from '../domain/summary.ts'
import type { DB } from '../generated/tables.ts'
import { figuresOf, spread } from './cells.repository.ts'
import { isStale } from './marks.repository.ts'

/** Which answer is asked for. */
export interface SummaryKey {
  readonly period: string
  readonly groupBy: Grouping
  readonly regionPrefix: string
}

interface Found {
  readonly hasCycle: boolean
  /** Something has changed since the answer was made. */
  readonly isStale: boolean
  readonly content: string | null
}

const summaryOf = prepare<SummaryKey & { now: Date }, Found>(
  'summary-of-period',
  (param) => sql`
    select exists (select from cycles where period = ${param('period')}::text) as "hasCycle",
      ${isStale(param('now'))} as "isStale",
      (select content from summaries where period = ${param('period')}::text
        and dimension = ${param('groupBy')}::text and region_prefix = ${param('regionPrefix')}::text) as content`,
)

/** The answer as it was made last, and whether it still holds. */
export const findSummary = async ({ pool }: Pick<Database<DB>, 'pool'>, key: SummaryKey, now: Date): Promise<Found> =>
  (await summaryOf(pool, { ...key, now }))[0] ?? { hasCycle: false, isStale: false, content: null }

/** Takes all answers away, as when a name has changed that stands in them. */
export const forgetSummaries = async (db: Kysely<DB>): Promise<void> => {
  await db.deleteFrom('summaries').execute()
}

export async function keepSummary(db: Kysely<DB>, key: SummaryKey, content: string): Promise<void> {
  await sql`
    insert into summaries values (${key.period}, ${key.groupBy}, ${key.regionPrefix}, ${content})
    on conflict (period, dimension, region_prefix) do update set content = excluded.content`.execute(db)
}

const nameOf = (alias: 'c' | 'g') => {
  const [dimension, key, name] = ['dimension', 'key', 'name'].map((column) => sql.ref(`${alias}.${column}`))
  return sql`coalesce(case when ${dimension} = 'unit' then (select u.name from units u where u.id::text = ${key}) end, max(${name})) as name`
}

/** The groups of a region and all below it, added up from the cells. */
export async function listGroups(db: Kysely<DB>, { period, groupBy, regionPrefix }: SummaryKey): Promise<Group[]> {
  const { rows } = await sql<Group>`
    select c.key, ${nameOf('c')}, ${figuresOf('read')} from cells c
    where c.period = ${period} and c.dimension = ${groupBy} and c.region_code like ${`${regionPrefix}%`}
    group by c.dimension, c.key order by c.key`.execute(db)
  return rows
}

export async function findTotal(db: Kysely<DB>, { period, regionPrefix }: SummaryKey): Promise<Figures> {
  const { rows } = await sql<Figures>`
    select ${figuresOf('read')} from cells c
    where c.period = ${period} and c.dimension = 'region' and c.region_code like ${`${regionPrefix}%`}`.execute(db)
  return rows[0] as Figures
}

/** The groups of one unit's projects, added up from their standings. */
export async function listGroupsOfUnit(
  db: Kysely<DB>,
  period: string,
  unitId: string,
  groupBy: Grouping,
): Promise<Group[]> {
  const { rows } = await sql<Group>`
    select g.key, ${nameOf('g')}, ${figuresOf('readStandings')}
    from standings s cross join lateral ${spread}
    where s.period = ${period} and s.unit_id = ${unitId} and g.dimension = ${groupBy}
    group by g.dimension, g.key order by g.key`.execute(db)
  return rows
}

export async function findTotalOfUnit(db: Kysely<DB>, period: string, unitId: string): Promise<Figures> {
  const { rows } = await sql<Figures>`
    select ${figuresOf('readStandings')} from standings s where s.period = ${period} and s.unit_id = ${unitId}`.execute(
    db,
  )
  return rows[0] as Figures
}

interface Lit {
  readonly projectId: string
  readonly projectName: string
  readonly unitName: string | null
  readonly light: 'yellow' | 'red'
  readonly reasons: LightReason[]
  readonly regionCode: string
  readonly unitId: string | null
  readonly category: string
  readonly tiers: Tier[]
}

const KEYS_OF: Readonly<Record<Grouping, (lit: Lit) => string[]>> = {
  region: ({ regionCode }) => [regionCode],
  unit: ({ unitId }) => [unitId ?? ''],
  category: ({ category }) => [category],
  tier: ({ tiers }) => tiers,
}

/** The projects whose light is red or yellow, red ones first. */
export async function listAttention(
  db: Kysely<DB>,
  { period, groupBy }: { period: string; groupBy: Grouping },
  reach: Reach,
  limit: number,
): Promise<Attention[]> {
  const { rows } = await sql<Lit>`
    select s.project_id as "projectId", p.name as "projectName", u.name as "unitName", s.light, s.light_reasons as reasons,
      s.region_code as "regionCode", s.unit_id as "unitId", s.category, to_json(s.tiers) as tiers
    from standings s join projects p on p.id = s.project_id left join units u on u.id = s.unit_id
    where s.period = ${period} and s.light in ('yellow', 'red') and not s.is_exempt
      and s.region_code like ${`${reach.regionPrefix}%`}
      and (${reach.unitId}::uuid is null or s.unit_id = ${reach.unitId})
    order by s.light, s.project_id limit ${limit}`.execute(db)
  return rows.map((lit) => {
    const { projectId, projectName, unitName, light, reasons } = lit
    return { projectId, projectName, unitName, groupKeys: KEYS_OF[groupBy](lit), light, reasons }
  })
}
