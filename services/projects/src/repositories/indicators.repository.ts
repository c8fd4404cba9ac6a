import type { PlanIndicator } from '@tiaodu/types'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Changed, Kept } from '../domain/fact-change.ts'
import type { StoredIndicator } from '../domain/indicator-plan.ts'
import type { IndicatorFacts } from '../domain/indicator-row.ts'
import type { DB } from '../generated/tables.ts'

const facts = sql`region_code as "regionCode", region_name as "regionName", source, category, indicator,
  unit_of_measure as "unitOfMeasure", base_value as "baseValue", target_value as "targetValue",
  rate_or_total as "rateOrTotal", attribute, base_year as "baseYear", target_year as "targetYear"`
const columns = sql`id, version, ${facts}`

/** One load at a time: two that bring the same new fact would clash. */
export const lockLoading = async (trx: Transaction<DB>): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('tiaodu-load-indicators'))`.execute(trx)
}

/** The indicators that lines name by region, plan and name. */
export async function lockIndicators(
  trx: Transaction<DB>,
  named: readonly Pick<IndicatorFacts, 'regionCode' | 'source' | 'indicator'>[],
): Promise<Kept<IndicatorFacts>[]> {
  const { rows } = await sql<StoredIndicator>`
    select ${columns} from plan_indicators where (region_code, source, indicator) in (
      select "regionCode", source, indicator
      from json_to_recordset(${JSON.stringify(named)}::json) as n ("regionCode" text, source text, indicator text)
    ) for update`.execute(trx)
  return rows.map(({ id, version, ...facts }) => ({ id, version, facts }))
}

export async function saveIndicators(trx: Transaction<DB>, changed: readonly Changed<IndicatorFacts>[]): Promise<void> {
  const rows = changed.map(({ id, version, facts }) => ({ id, version, ...facts }))
  await sql`
    insert into plan_indicators (id, version, region_code, region_name, source, category, indicator, unit_of_measure,
      base_value, target_value, rate_or_total, attribute, base_year, target_year)
    select id, version, "regionCode", "regionName", source, category, indicator, "unitOfMeasure", "baseValue",
      "targetValue", "rateOrTotal", attribute, "baseYear", "targetYear"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (id uuid, version integer, "regionCode" text,
      "regionName" text, source text, category text, indicator text, "unitOfMeasure" text, "baseValue" text,
      "targetValue" text, "rateOrTotal" text, attribute text, "baseYear" integer, "targetYear" integer)
    on conflict (id) do update set version = excluded.version, region_name = excluded.region_name,
      category = excluded.category, unit_of_measure = excluded.unit_of_measure, base_value = excluded.base_value,
      target_value = excluded.target_value, rate_or_total = excluded.rate_or_total, attribute = excluded.attribute,
      base_year = excluded.base_year, target_year = excluded.target_year`.execute(trx)
}

export interface IndicatorFilter {
  readonly regionCode?: string | undefined
  readonly source?: string | undefined
  readonly category?: string | undefined
  readonly attribute?: PlanIndicator['attribute'] | undefined
  readonly q?: string | undefined
}

function toCondition({ regionCode, source, category, attribute, q }: IndicatorFilter): RawBuilder<unknown> {
  const parts = [
    ...(regionCode === undefined ? [] : [sql`region_code = ${regionCode}`]),
    ...(source === undefined ? [] : [sql`source = ${source}`]),
    ...(category === undefined ? [] : [sql`category = ${category}`]),
    ...(attribute === undefined ? [] : [sql`attribute = ${attribute}`]),
    ...(q === undefined ? [] : [sql`strpos(lower(indicator), lower(${q})) > 0`]),
  ]
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** Indicators in the order in which they were loaded; `after` is the id that the last page ended with. */
export async function listIndicators(
  db: Kysely<DB>,
  filter: IndicatorFilter,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<StoredIndicator[]> {
  const { rows } = await sql<StoredIndicator>`
    select ${columns} from plan_indicators
    where ${toCondition(filter)} and (${after ?? null}::uuid is null or id > ${after ?? null})
    order by id limit ${limit}`.execute(db)
  return rows
}

export async function findIndicator(db: Kysely<DB>, id: string): Promise<StoredIndicator | undefined> {
  return (await sql<StoredIndicator>`select ${columns} from plan_indicators where id = ${id}`.execute(db)).rows[0]
}

/** An indicator, held until the transaction ends. */
export async function lockIndicator(trx: Transaction<DB>, id: string): Promise<StoredIndicator | undefined> {
  return (await sql<StoredIndicator>`select ${columns} from plan_indicators where id = ${id} for update`.execute(trx))
    .rows[0]
}
