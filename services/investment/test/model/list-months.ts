import { addMonths, type Light } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../../src/generated/tables.ts'
import type { Month } from './naive-cells.ts'
import type { Cycle, Player, Slip } from './players.ts'

// What was told of each step last before the month was locked, unless it was settled before the month was over.
function slippedBy({ slips, settlements }: Player, { period, lockAt }: Cycle): string[] {
  const endAt = new Date(`${addMonths(period, 1)}-01T00:00:00+08:00`)
  const known = slips.filter(({ at, dueOn }) => at < lockAt && dueOn.slice(0, 7) <= period)
  const last = [...new Map(known.map((slip) => [slip.stepId, slip])).values()]
  const isOver = (slip: Slip) =>
    settlements.some(({ stepId, at }) => stepId === slip.stepId && at >= slip.at && at < endAt)
  return last.filter((slip) => !isOver(slip)).map(({ dueOn }) => dueOn)
}

/** Every month of every player as its rows and the memory of the model say. */
export async function listMonths(
  db: Kysely<DB>,
  players: readonly Player[],
  cycleOf: (period: string) => Cycle,
  now: Date,
): Promise<Month[]> {
  const ids = players.map(({ id }) => id)
  const { rows } = await sql<{
    id: string
    period: string
    state: string | null
    yuan: number
    is_expected: boolean
    first: Date | null
    declared: Light | null
    exempt: boolean
  }>`
      select p.id, c.period, r.state, coalesce(r.completed_yuan, 0) as yuan, o.id is not null as is_expected,
        (select min(h.at) from report_history h where h.project_id = p.id and h.period = c.period
          and h.action = 'submitted') as first,
        (select (array_agg(light order by version desc))[1] from declared_lights d
          where d.project_id = p.id and d.period = c.period) as declared,
        (select count(*) > 0 from light_exemptions e where e.project_id = p.id and e.state <> 'withdrawn'
          and e.from_period <= c.period and e.until_period >= c.period) as exempt
      from unnest(${ids}::uuid[]) as p (id) cross join cycles c
      left join monthly_reports r on r.project_id = p.id and r.period = c.period
      left join obligations o on o.project_id = p.id and o.period = c.period order by c.period`.execute(db)
  return rows.map((row) => {
    const player = players.find(({ id }) => id === row.id) as Player
    const before = rows.filter(({ id, period }) => id === row.id && period <= row.period)
    const lastFiled = before.findLastIndex(({ first }) => first !== null)
    const dueOf = (period: string) => player.dues.get(period) ?? cycleOf(period).dueAt
    const year = row.period.slice(0, 4)
    return {
      period: row.period,
      place: player.places.get(row.period) ?? player.place,
      ...(player.plans.get(row.period) ?? { plannedYuan: 0, monthlyTargetsYuan: null }),
      approvedYuan: before
        .filter(({ period, state }) => state === 'approved' && period.startsWith(year))
        .map(({ period, yuan }) => ({ period, yuan })),
      isExpected: row.is_expected,
      isFiled: row.state === 'submitted' || row.state === 'approved',
      isOnTime: row.first !== null && row.first <= dueOf(row.period),
      hasExcuse: player.excuses.has(row.period),
      wasFiled: row.first !== null,
      isDue: dueOf(row.period) <= now,
      missedReports: before
        .slice(lastFiled + 1)
        .filter((one) => one.is_expected && dueOf(one.period) <= now && !player.excuses.has(one.period)).length,
      slippedSince: slippedBy(player, cycleOf(row.period)),
      declaredLight: row.declared,
      isExempt: row.exempt,
    }
  })
}
