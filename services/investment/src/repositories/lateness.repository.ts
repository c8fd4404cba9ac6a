import type { Reach } from '@tiaodu/service'
import { type Kysely, sql } from 'kysely'
import type { UnitCycle } from '../domain/forecast/lateness.ts'
import type { DB } from '../generated/tables.ts'
import { timelinessOf } from './obligations.repository.ts'

// As far back as the oldest cycle that is held out looks back itself.
const CYCLES = 24

/** What units within reach owed in the cycles before `period` that are due, and how much came late or not at all without an excuse. */
export async function listUnitCycles(db: Kysely<DB>, period: string, reach: Reach, now: Date): Promise<UnitCycle[]> {
  const { rows } = await sql<UnitCycle>`
    select o.unit_id as "unitId", o.period, count(*)::int as expected,
      (count(*) filter (where t.is in ('late', 'missing')))::int as late
    from obligations o cross join lateral (select ${timelinessOf(sql`${now}`)} as is) t
    where o.period in (
      select c.period from cycles c where c.period < ${period} and c.due_at <= ${now} order by c.period desc limit ${CYCLES}
    ) and o.due_at <= ${now} and o.unit_id is not null and o.region_code like ${`${reach.regionPrefix}%`}
      and (${reach.unitId}::uuid is null or o.unit_id = ${reach.unitId})
    group by o.unit_id, o.period order by o.period, o.unit_id`.execute(db)
  return rows
}

export async function listUnitNames(db: Kysely<DB>, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('units')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
