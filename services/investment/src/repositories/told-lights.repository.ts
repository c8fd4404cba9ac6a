import { type FundsRule, yearOf } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { FarAbove, ToldLight } from '../domain/told-light.ts'
import type { DB } from '../generated/tables.ts'

/** The newest month of which lights are told. */
export async function findNewestPeriod(db: Kysely<DB>): Promise<string | undefined> {
  const { rows } = await sql<{ period: string | null }>`select max(period) as period from cycles`.execute(db)
  return rows[0]?.period ?? undefined
}

/** Of some projects those whose completion is far above what they have received, up to the end of a year. */
export async function listFarAbove(
  db: Kysely<DB>,
  projectIds: readonly string[],
  period: string,
  { farAbovePercent, leastGapYuan }: Pick<FundsRule, 'farAbovePercent' | 'leastGapYuan'>,
): Promise<FarAbove[]> {
  const { rows } = await sql<FarAbove>`
    select * from (
      select p.id as "projectId",
        coalesce((select sum(completed_yuan) from project_years y where y.project_id = p.id and y.year <= ${yearOf(period)}), 0)::bigint as "completedYuan",
        coalesce((select sum(completed_yuan) from project_years y where y.project_id = p.id and y.year <= ${yearOf(period)}), 0)::bigint
          - coalesce((select sum(received_yuan) from project_funds f where f.project_id = p.id and f.year <= ${yearOf(period)}), 0)::bigint as "gapYuan"
      from unnest(${projectIds}::uuid[]) as p (id)
    ) g where "gapYuan" > 0 and "gapYuan" >= ${leastGapYuan}::bigint and "gapYuan" * 100 >= "completedYuan" * ${farAbovePercent}::int`.execute(
    db,
  )
  return rows
}

/** Notes what is told of projects. @returns those of which something else was told before, or nothing, each with its revision */
export async function saveToldLights(
  trx: Transaction<DB>,
  period: string,
  told: readonly Omit<ToldLight, 'revision'>[],
): Promise<ToldLight[]> {
  const { rows } = await sql<ToldLight>`
    insert into told_lights as old (project_id, period, light, reasons, revision)
    select "projectId", ${period}, light, reasons, 1
    from json_to_recordset(${JSON.stringify(told)}::json) as t ("projectId" uuid, light text, reasons jsonb)
    where reasons <> '[]' or exists (select from told_lights o where o.project_id = t."projectId")
    on conflict (project_id) do update set period = excluded.period, light = excluded.light, reasons = excluded.reasons,
      revision = old.revision + 1
    where (old.light, old.reasons) is distinct from (excluded.light, excluded.reasons)
    returning project_id as "projectId", light, reasons, revision`.execute(trx)
  return rows
}
