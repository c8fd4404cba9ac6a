import { instantJson } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import type { DeclaredLight, Light, ProjectLight } from '@tiaodu/types'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import type { PageSpan } from './report-pages.repository.ts'

const declaredOf = sql`
  (select json_build_object('light', d.light, 'statement', d.statement, 'version', d.version, 'at', ${instantJson('d.at')},
      'actorId', d.actor_id, 'actorName', d.actor_name)
    from declared_lights d where d.project_id = s.project_id and d.period = s.period order by d.version desc limit 1)`

const exemptionOf = sql`
  (select json_build_object('id', e.id, 'projectId', e.project_id, 'ground', e.ground, 'reason', e.reason, 'evidence', e.evidence,
      'fromPeriod', e.from_period, 'untilPeriod', e.until_period, 'state', e.state, 'recordedAt', ${instantJson('e.recorded_at')},
      'actorId', e.actor_id, 'actorName', e.actor_name, 'closedAt', ${instantJson('e.closed_at')}, 'closedBy', e.closed_by,
      'closedReason', e.closed_reason, 'version', e.version)
    from light_exemptions e where e.project_id = s.project_id and e.state <> 'withdrawn'
      and s.period between e.from_period and e.until_period limit 1)`

const selectLights = (where: RawBuilder<unknown>, order: RawBuilder<unknown>, limit: number) => sql<{
  item: ProjectLight
}>`
  select json_build_object('projectId', s.project_id, 'projectName', p.name, 'regionCode', s.region_code,
    'regionName', s.region_name, 'unitId', s.unit_id, 'unitName', u.name, 'period', s.period, 'light', s.light,
    'reasons', s.light_reasons, 'declared', ${declaredOf}, 'isMismatched', s.is_mismatched, 'isExempt', s.is_exempt,
    'exemption', ${exemptionOf}, 'isSimulated', s.is_simulated) as item
  from standings s join projects p on p.id = s.project_id left join units u on u.id = s.unit_id
  where ${where} order by ${order} limit ${sql.lit(limit + 1)}`

/** What lights are asked for. */
export interface LightFilter {
  readonly period: string
  readonly light?: Light | 'none' | undefined
  readonly isMismatched?: boolean | undefined
  readonly isExempt?: boolean | undefined
  readonly unitId?: string | undefined
  readonly regionCode?: string | undefined
}

/** The lights of a month within reach, by project, one more than the page holds. */
export async function listLightsOf(
  db: Kysely<DB>,
  { period, light, isMismatched, isExempt, unitId, regionCode }: LightFilter,
  reach: Reach,
  { after, limit }: PageSpan,
): Promise<ProjectLight[]> {
  const conditions = [
    sql`s.period = ${period} and s.region_code like ${`${reach.regionPrefix}%`}`,
    ...(reach.unitId === null ? [] : [sql`s.unit_id = ${reach.unitId}`]),
    ...(light === undefined ? [] : [light === 'none' ? sql`s.light is null` : sql`s.light = ${light}`]),
    ...(isMismatched === undefined ? [] : [sql`s.is_mismatched = ${isMismatched}`]),
    ...(isExempt === undefined ? [] : [sql`s.is_exempt = ${isExempt}`]),
    ...(unitId === undefined ? [] : [sql`s.unit_id = ${unitId}`]),
    ...(regionCode === undefined ? [] : [sql`s.region_code = ${regionCode}`]),
    ...(after === undefined ? [] : [sql`s.project_id > ${after[0]}::uuid`]),
  ]
  const where = sql.join(conditions, sql` and `)
  const { rows } = await selectLights(where, sql`s.project_id`, limit).execute(db)
  return rows.map(({ item }) => item)
}

/** The lights of a project, newest month first, one more than the page holds. */
export async function listLightsOfProject(
  db: Kysely<DB>,
  projectId: string,
  { after, limit }: PageSpan,
): Promise<ProjectLight[]> {
  const before = after === undefined ? sql`true` : sql`s.period < ${after[0]}`
  const where = sql`s.project_id = ${projectId} and ${before}`
  const { rows } = await selectLights(where, sql`s.period desc`, limit).execute(db)
  return rows.map(({ item }) => item)
}

/** Makes two declarations of a month wait for each other. @returns how many there were */
export async function lockDeclarations(trx: Transaction<DB>, projectId: string, period: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('declared lights'), hashtext(${projectId}))`.execute(trx)
  const { rows } = await sql<{ version: number }>`
    select coalesce(max(version), 0)::int as version from declared_lights
    where project_id = ${projectId} and period = ${period}`.execute(trx)
  return rows[0]?.version ?? 0
}

/** Keeps what a unit declares. */
export async function insertDeclaration(
  trx: Transaction<DB>,
  { projectId, period }: { readonly projectId: string; readonly period: string },
  declared: DeclaredLight,
): Promise<void> {
  const { version, light, statement, at, actorId, actorName } = declared
  await sql`
    insert into declared_lights (project_id, period, version, light, statement, at, actor_id, actor_name)
    values (${projectId}, ${period}, ${version}, ${light}, ${statement}, ${at}, ${actorId}, ${actorName})`.execute(trx)
}
