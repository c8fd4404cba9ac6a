import type { Reach } from '@tiaodu/service'
import type { DifficultyMove } from '@tiaodu/types'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { NOTHING_TO_TELL, type StoredDifficulty } from '../domain/difficulty.ts'
import type { DifficultyFact } from '../domain/difficulty-analysis.ts'
import type { DB } from '../generated/tables.ts'
import { columns } from './difficulties.repository.ts'

/** A difficulty with where its project stands. */
export interface PlacedDifficulty extends StoredDifficulty {
  readonly projectName: string
  readonly regionCode: string
  readonly regionName: string
  readonly unitId: string | null
  readonly unitName: string | null
  readonly unitInChargeName: string | null
}

const placed = sql`${columns}, p.name as "projectName", p.region_code as "regionCode", p.region_name as "regionName",
  p.unit_id as "unitId", u.name as "unitName", c.name as "unitInChargeName"`
const places = sql`join projects p on p.id = d.project_id left join units u on u.id = p.unit_id
  left join units c on c.id = d.unit_in_charge_id`

// A unit sees the difficulties of its projects, and those of others that it is in charge of.
const within = ({ regionPrefix, unitId }: Reach) => sql`p.region_code like ${`${regionPrefix}%`}
  and (${unitId}::uuid is null or p.unit_id = ${unitId} or d.unit_in_charge_id = ${unitId})`

const all = (conditions: (RawBuilder<unknown> | undefined | false)[]) =>
  sql.join(
    conditions.filter((condition) => condition !== undefined && condition !== false),
    sql` and `,
  )

export async function findDifficulty(db: Kysely<DB>, id: string): Promise<PlacedDifficulty | undefined> {
  const { rows } = await sql<PlacedDifficulty>`
    select ${placed} from difficulties d ${places} where d.id = ${id}`.execute(db)
  return rows[0]
}

export async function listMoves(db: Kysely<DB>, id: string): Promise<(Omit<DifficultyMove, 'at'> & { at: Date })[]> {
  const { rows } = await sql<Omit<DifficultyMove, 'at'> & { at: Date }>`
    select m.version, m.action, m.at, m.actor_id as "actorId", m.actor_name as "actorName", m.reason, m.state,
      m.coordination_level as "coordinationLevel", m.unit_in_charge_id as "unitInChargeId", u.name as "unitInChargeName",
      m.due_on as "dueOn", m.outcome
    from difficulty_moves m left join units u on u.id = m.unit_in_charge_id
    where m.difficulty_id = ${id} order by m.version`.execute(db)
  return rows
}

/** Which difficulties are asked for. */
export interface DifficultyFilter {
  readonly state?: string | undefined
  readonly isOpen?: boolean | undefined
  readonly overdue?: boolean | undefined
  readonly category?: string | undefined
  readonly coordinationLevel?: number | undefined
  readonly unitInChargeId?: string | undefined
  readonly regionCode?: string | undefined
  readonly unitId?: string | undefined
  readonly projectId?: string | undefined
}

const narrow = ({ regionCode, unitId, projectId }: DifficultyFilter) => [
  regionCode !== undefined && sql`p.region_code = ${regionCode}`,
  unitId !== undefined && sql`p.unit_id = ${unitId}`,
  projectId !== undefined && sql`p.id = ${projectId}`,
]

interface Span {
  readonly after: readonly [string, string] | undefined
  readonly limit: number
}

/** The ledger within reach, the earliest due day first, one more than the page holds. */
export async function listDifficulties(
  db: Kysely<DB>,
  filter: DifficultyFilter,
  reach: Reach,
  { after, limit }: Span,
  today: string,
): Promise<PlacedDifficulty[]> {
  const { state, isOpen, overdue, category, coordinationLevel, unitInChargeId } = filter
  const { rows } = await sql<PlacedDifficulty>`
    select ${placed} from difficulties d ${places}
    where ${all([
      within(reach),
      ...narrow(filter),
      state !== undefined && sql`d.state = ${state}`,
      isOpen !== undefined && sql`(d.resolved_at is null) = ${isOpen}`,
      overdue !== undefined && sql`(d.resolved_at is null and d.due_on < ${today}::date) = ${overdue}`,
      category !== undefined && sql`d.category = ${category}`,
      coordinationLevel !== undefined && sql`d.coordination_level = ${coordinationLevel}`,
      unitInChargeId !== undefined && sql`d.unit_in_charge_id = ${unitInChargeId}`,
      after !== undefined && sql`(d.due_on, d.id) > (${after[0]}::date, ${after[1]}::uuid)`,
    ])}
    order by d.due_on, d.id limit ${sql.lit(limit + 1)}`.execute(db)
  return rows
}

/** A filed report that tells of a difficulty which is not in the ledger. */
export interface Unregistered {
  readonly projectId: string
  readonly projectName: string
  readonly regionCode: string
  readonly unitId: string | null
  readonly unitName: string | null
  readonly period: string
  readonly reportState: string
  readonly submittedAt: Date | null
  readonly difficulties: string
}

/**
 * Filed reports of a period whose difficulties nobody has put into the ledger. A report that repeats what an open
 * difficulty was registered from tells nothing new.
 */
export async function listUnregistered(
  db: Kysely<DB>,
  filter: DifficultyFilter & { readonly period: string },
  { regionPrefix, unitId }: Reach,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<Unregistered[]> {
  const { rows } = await sql<Unregistered>`
    select r.project_id as "projectId", p.name as "projectName", p.region_code as "regionCode", p.unit_id as "unitId",
      u.name as "unitName", r.period, r.state as "reportState", r.submitted_at as "submittedAt", r.difficulties
    from monthly_reports r join projects p on p.id = r.project_id left join units u on u.id = p.unit_id
    where ${all([
      sql`r.period = ${filter.period} and r.state in ('submitted', 'approved') and r.difficulties !~* ${NOTHING_TO_TELL}`,
      sql`p.region_code like ${`${regionPrefix}%`} and (${unitId}::uuid is null or p.unit_id = ${unitId})`,
      sql`not exists (select from difficulties d where d.project_id = r.project_id
        and (d.period = r.period or d.resolved_at is null and d.reported_text = r.difficulties))`,
      ...narrow(filter),
      after !== undefined && sql`r.project_id > ${after}::uuid`,
    ])}
    order by r.project_id limit ${sql.lit(limit + 1)}`.execute(db)
  return rows
}

/** What was open when a month began or ended, or was registered in it, as it stood at its end. */
export async function listDifficultyFacts(
  db: Kysely<DB>,
  { from, to }: { readonly from: Date; readonly to: Date },
  reach: Reach,
): Promise<DifficultyFact[]> {
  const { rows } = await sql<DifficultyFact>`
    with stood as (
      select d.id, d.project_id, d.description, d.category, d.registered_at, d.is_simulated,
        d.registered_at >= ${from} as is_new, coalesce(s.state in ('registered', 'coordinating'), false) as was_open,
        e.state in ('registered', 'coordinating') as is_open, e.coordination_level, e.unit_in_charge_id, e.due_on
      from difficulties d
      left join lateral (
        select m.state from difficulty_moves m where m.difficulty_id = d.id and m.at < ${from}
        order by m.version desc limit 1
      ) s on true
      join lateral (
        select m.* from difficulty_moves m where m.difficulty_id = d.id and m.at < ${to}
        order by m.version desc limit 1
      ) e on true
      where d.registered_at < ${to}
    )
    select d.id, d.project_id as "projectId", p.name as "projectName", d.description, d.category,
      d.coordination_level as "coordinationLevel", d.unit_in_charge_id as "unitInChargeId", c.name as "unitInChargeName",
      d.due_on as "dueOn", d.registered_at as "registeredAt", d.is_new as "isNew", d.was_open as "wasOpen",
      d.is_open as "isOpen", d.is_simulated as "isSimulated"
    from stood d join projects p on p.id = d.project_id left join units c on c.id = d.unit_in_charge_id
    where (d.is_new or d.was_open or d.is_open) and ${within(reach)} order by d.registered_at, d.id`.execute(db)
  return rows
}

/** Whether a unit of this id is known. */
export async function isUnitKnown(db: Kysely<DB>, id: string): Promise<boolean> {
  const { rows } = await sql`select from units where id = ${id}`.execute(db)
  return rows.length === 1
}
