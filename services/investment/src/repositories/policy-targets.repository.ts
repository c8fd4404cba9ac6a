import type { Reach } from '@tiaodu/service'
import { POLICY_SOURCES, type PolicySource, type PolicyTargetVersion } from '@tiaodu/types'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { PolicyFacts } from '../domain/funds.ts'
import type { DB } from '../generated/tables.ts'
import type { MoveBy } from './difficulties.repository.ts'
import type { MadeOf, MadeOfSpan } from './figure-sources.repository.ts'

type Targets = PolicyTargetVersion['targets']

// A region's digits but for the zeros at the end are those of all that lies below it.
const belowOf = (regionCode: RawBuilder<unknown>) =>
  sql`case ${regionCode} when '100000' then '%' else regexp_replace(${regionCode}, '(00){1,2}$', '') || '%' end`

/** The targets of a year in the regions that begin so, with what the projects there and below have received. */
export async function listPolicyFacts(db: Kysely<DB>, year: number, regionPrefix: string): Promise<PolicyFacts[]> {
  const { rows } = await sql<PolicyFacts>`
    with received as (
      select p.region_code, f.source, sum(f.received_yuan)::bigint as yuan
      from project_funds f join projects p on p.id = f.project_id
      where f.year = ${year} and f.source in ('centralBudget', 'specialTreasuryBond', 'localSpecialBond')
        and p.region_code like ${`${regionPrefix}%`} and p.stage <> 'withdrawn'
      group by p.region_code, f.source
    )
    select t.year, t.region_code as "regionCode", t.version, t.targets,
      (select coalesce(json_object_agg(source, yuan), '{}') from (
        select source, sum(yuan)::bigint as yuan from received r where r.region_code like ${belowOf(sql`t.region_code`)} group by source
      ) s) as received
    from (
      select distinct on (region_code) * from policy_targets
      where year = ${year} and region_code like ${`${regionPrefix}%`} order by region_code, version desc
    ) t order by t.region_code`.execute(db)
  return rows
}

/** Whose receipts are asked about: the projects of a region and below, those that have left aside. */
export interface OfPolicy {
  readonly year: number
  readonly regionCode: string
  readonly source?: PolicySource | undefined
}

/** What a region has received of policy funds in a year, report by report, one more than the page holds. */
export async function listPolicyMadeOf(
  db: Kysely<DB>,
  { year, regionCode, source }: OfPolicy,
  { regionPrefix }: Reach,
  { after, limit }: MadeOfSpan,
): Promise<{ total: number; rows: MadeOf[] }> {
  const sources = source === undefined ? [...POLICY_SOURCES] : [source]
  const region = sql`${regionCode}::text`
  const ofRegion = sql`p.region_code like ${belowOf(region)} and p.region_code like ${`${regionPrefix}%`} and p.stage <> 'withdrawn'`
  const [projectId, period, name] = after ?? [null, '', '']
  const { rows } = await sql<{ total: number; rows: MadeOf[] }>`
    with made as (
      select 'report' as kind, p.id as "projectId", p.name as "projectName", r.period, f ->> 'source' as source,
        sum((f ->> 'yuan')::bigint)::bigint as value
      from projects p join monthly_reports r on r.project_id = p.id and r.state = 'approved'
        and r.period between ${`${year}-01`} and ${`${year}-12`}
      cross join lateral jsonb_array_elements(r.funds_received) as f
      where ${ofRegion} and f ->> 'source' = any(${sources}) group by p.id, p.name, r.period, f ->> 'source'
    )
    select (
      select coalesce(sum(f.received_yuan), 0)::bigint from project_funds f join projects p on p.id = f.project_id
      where f.year = ${year} and f.source = any(${sources}) and ${ofRegion}
    ) as total, (
      select coalesce(json_agg(m), '[]') from (
        select * from made where value <> 0 and (${projectId}::uuid is null
          or ("projectId", period, source) > (${projectId}::uuid, ${period}, ${name}))
        order by "projectId", period, source limit ${sql.lit(limit + 1)}
      ) m
    ) as rows`.execute(db)
  return rows[0] ?? { total: 0, rows: [] }
}

export async function listTargetVersions(
  db: Kysely<DB>,
  year: number,
  regionCode: string,
): Promise<(Omit<PolicyTargetVersion, 'at'> & { at: Date })[]> {
  const { rows } = await sql<Omit<PolicyTargetVersion, 'at'> & { at: Date }>`
    select version, targets, reason, at, actor_id as "actorId", actor_name as "actorName"
    from policy_targets where year = ${year} and region_code = ${regionCode} order by version desc`.execute(db)
  return rows
}

/** A new version of a region's targets. */
export async function insertTargets(
  trx: Transaction<DB>,
  { year, regionCode, version }: { readonly year: number; readonly regionCode: string; readonly version: number },
  targets: readonly { readonly source: PolicySource; readonly yuan: number }[] & Targets,
  reason: string,
  { actorId, actorName, now }: MoveBy,
): Promise<void> {
  await sql`
    insert into policy_targets values (${year}, ${regionCode}, ${version}, ${JSON.stringify(targets)}::jsonb, ${reason},
      ${now}, ${actorId}, ${actorName})`.execute(trx)
}
