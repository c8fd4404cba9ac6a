import type { AnnualTarget } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Changed, Kept } from '../domain/fact-change.ts'
import type { TargetFacts } from '../domain/indicator-row.ts'
import type { DB } from '../generated/tables.ts'

const columns = sql`id, year, programme, metric, value, unit_of_measure as "unitOfMeasure", kind`

/** The targets that lines name by year, programme, metric and kind. */
export async function lockTargets(
  trx: Transaction<DB>,
  named: readonly Pick<TargetFacts, 'year' | 'programme' | 'metric' | 'kind'>[],
): Promise<Kept<TargetFacts>[]> {
  const { rows } = await sql<TargetFacts & { id: string; version: number }>`
    select version, ${columns} from annual_targets where (year, programme, metric, kind) in (
      select year, programme, metric, kind
      from json_to_recordset(${JSON.stringify(named)}::json) as n (year integer, programme text, metric text, kind text)
    ) for update`.execute(trx)
  return rows.map(({ id, version, ...facts }) => ({ id, version, facts }))
}

export async function saveTargets(trx: Transaction<DB>, changed: readonly Changed<TargetFacts>[]): Promise<void> {
  const rows = changed.map(({ id, version, facts }) => ({ id, version, ...facts }))
  await sql`
    insert into annual_targets (id, version, year, programme, metric, value, unit_of_measure, kind)
    select id, version, year, programme, metric, value, "unitOfMeasure", kind
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (id uuid, version integer, year integer, programme text,
      metric text, value text, "unitOfMeasure" text, kind text)
    on conflict (id) do update set version = excluded.version, value = excluded.value,
      unit_of_measure = excluded.unit_of_measure`.execute(trx)
}

/** Targets in the order in which they were loaded; `after` is the id that the last page ended with. */
export async function listTargets(
  db: Kysely<DB>,
  { year, programme }: { year?: number | undefined; programme?: string | undefined },
  { after, limit }: { after: string | undefined; limit: number },
): Promise<AnnualTarget[]> {
  const { rows } = await sql<AnnualTarget>`
    select ${columns} from annual_targets
    where (${year ?? null}::int is null or year = ${year ?? null})
      and (${programme ?? null}::text is null or programme = ${programme ?? null})
      and (${after ?? null}::uuid is null or id > ${after ?? null})
    order by id limit ${limit}`.execute(db)
  return rows
}
