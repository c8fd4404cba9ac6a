import type { PolicySource, PolicyTargetVersion } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { PolicyFacts } from '../domain/funds.ts'
import type { DB } from '../generated/tables.ts'
import type { MoveBy } from './difficulties.repository.ts'

type Targets = PolicyTargetVersion['targets']

// A region's digits but for the zeros at the end are those of all that lies below it.
const below = sql`case t.region_code when '100000' then '%' else regexp_replace(t.region_code, '(00){1,2}$', '') || '%' end`

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
        select source, sum(yuan)::bigint as yuan from received r where r.region_code like ${below} group by source
      ) s) as received
    from (
      select distinct on (region_code) * from policy_targets
      where year = ${year} and region_code like ${`${regionPrefix}%`} order by region_code, version desc
    ) t order by t.region_code`.execute(db)
  return rows
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
