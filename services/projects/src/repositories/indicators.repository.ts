import type { AnnualTarget, PlanIndicator } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** Inserts or updates by region, source and indicator. @returns how many rows changed */
export async function upsertPlanIndicators(
  trx: Transaction<DB>,
  indicators: readonly PlanIndicator[],
): Promise<number> {
  let changed = 0
  for (const row of indicators) {
    const { numAffectedRows = 0n } = await sql`
      insert into plan_indicators as old values (${row.id}, ${row.regionCode}, ${row.regionName}, ${row.source},
        ${row.category}, ${row.indicator}, ${row.unitOfMeasure}, ${row.baseValue}, ${row.targetValue}, ${row.rateOrTotal},
        ${row.attribute})
      on conflict (region_code, source, indicator) do update set
        region_name = excluded.region_name, category = excluded.category, unit_of_measure = excluded.unit_of_measure,
        base_value = excluded.base_value, target_value = excluded.target_value,
        rate_or_total = excluded.rate_or_total, attribute = excluded.attribute
      where (old.region_name, old.category, old.unit_of_measure, old.base_value, old.target_value, old.rate_or_total, old.attribute)
        is distinct from (excluded.region_name, excluded.category, excluded.unit_of_measure, excluded.base_value,
          excluded.target_value, excluded.rate_or_total, excluded.attribute)`.execute(trx)
    changed += Number(numAffectedRows)
  }
  return changed
}

/** Inserts or updates by year, programme, metric and kind. @returns how many rows changed */
export async function upsertAnnualTargets(trx: Transaction<DB>, targets: readonly AnnualTarget[]): Promise<number> {
  let changed = 0
  for (const row of targets) {
    const { numAffectedRows = 0n } = await sql`
      insert into annual_targets as old values (${row.id}, ${row.year}, ${row.programme}, ${row.metric}, ${row.value},
        ${row.unitOfMeasure}, ${row.kind})
      on conflict (year, programme, metric, kind) do update set value = excluded.value, unit_of_measure = excluded.unit_of_measure
      where (old.value, old.unit_of_measure) is distinct from (excluded.value, excluded.unit_of_measure)`.execute(trx)
    changed += Number(numAffectedRows)
  }
  return changed
}

export async function listPlanIndicators(
  db: Kysely<DB>,
  after: string | undefined,
  limit: number,
): Promise<PlanIndicator[]> {
  let query = db.selectFrom('plan_indicators').selectAll().orderBy('id').limit(limit)
  if (after !== undefined) query = query.where('id', '>', after)
  const rows = await query.execute()
  return rows.map((row) => ({
    id: row.id,
    regionCode: row.region_code,
    regionName: row.region_name,
    source: row.source,
    category: row.category,
    indicator: row.indicator,
    unitOfMeasure: row.unit_of_measure,
    baseValue: row.base_value,
    targetValue: row.target_value,
    rateOrTotal: row.rate_or_total,
    attribute: row.attribute as PlanIndicator['attribute'],
  }))
}

export async function listAnnualTargets(
  db: Kysely<DB>,
  after: string | undefined,
  limit: number,
): Promise<AnnualTarget[]> {
  let query = db.selectFrom('annual_targets').selectAll().orderBy('id').limit(limit)
  if (after !== undefined) query = query.where('id', '>', after)
  const rows = await query.execute()
  return rows.map(({ unit_of_measure, ...row }) => ({ ...row, unitOfMeasure: unit_of_measure }))
}
