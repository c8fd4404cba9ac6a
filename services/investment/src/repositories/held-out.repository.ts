import { type Kysely, sql } from 'kysely'
import type { CaseSum } from '../domain/forecast/backtest.ts'
import type { Case, FoldSpan } from '../domain/forecast/held-out.ts'
import type { DB } from '../generated/tables.ts'

/** At most so many projects of a category and stage are looked at one by one in a month; which ones is always the same. */
const SAMPLE = 200

// Where a project stood, and by which plan, as the month itself says; what it came to, as the later month says.
const pairsOf = ({ origin, target }: FoldSpan) => sql`
  select o.project_id, o.region_code, o.category, o.stage, o.planned_yuan, o.year_yuan as completed_yuan,
    t.year_yuan as came_to_yuan
  from standings o join standings t on t.project_id = o.project_id and t.period = ${target}
  where o.period = ${origin} and o.planned_yuan > 0`

/** Projects one by one in a held-out month. */
export async function listCases(db: Kysely<DB>, span: FoldSpan): Promise<Case[]> {
  const { rows } = await sql<Case>`
    select category, stage, planned_yuan as "plannedYuan", completed_yuan as "completedYuan",
      came_to_yuan as "cameToYuan"
    from (
      select pair.*, row_number() over (
        partition by category, stage order by hashtext(project_id::text), project_id
      ) as place from (${pairsOf(span)}) pair
    ) placed where place <= ${SAMPLE}
    order by project_id`.execute(db)
  return rows
}

/** All projects of a held-out month, added up by region, category and stage. */
export async function sumCases(db: Kysely<DB>, span: FoldSpan): Promise<CaseSum[]> {
  const { rows } = await sql<CaseSum>`
    select region_code as "regionCode", category, stage, count(*)::int as "projectCount",
      sum(planned_yuan)::bigint as "plannedYuan", sum(completed_yuan)::bigint as "completedYuan",
      sum(came_to_yuan)::bigint as "cameToYuan"
    from (${pairsOf(span)}) pair
    group by region_code, category, stage order by region_code, category, stage`.execute(db)
  return rows
}

/** The periods until `period` whose reports are due. */
export async function listDuePeriods(db: Kysely<DB>, period: string, now: Date): Promise<string[]> {
  const query = db.selectFrom('cycles').select('period').where('period', '<=', period).where('due_at', '<=', now)
  return (await query.orderBy('period').execute()).map((row) => row.period)
}
