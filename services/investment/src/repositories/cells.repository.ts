import type { Light } from '@tiaodu/types'
import { type RawBuilder, sql } from 'kysely'
import type { Figures } from '../domain/summary.ts'

const assessed = (count: string) => `case when s.is_assessed then ${count} else 0 end`

// What is exempt counts as that alone.
const lit = (light: Light) => `(not s.is_exempt and coalesce(s.light = '${light}', false))::int`

/** What one standing (`s`) counts in each figure of the cells. */
const COUNTS: Readonly<Record<keyof Figures, string>> = {
  projectCount: '1',
  plannedYuan: 's.planned_yuan',
  scheduledTwelfths: 's.scheduled_twelfths',
  monthYuan: 's.month_yuan',
  yearYuan: 's.year_yuan',
  assessedPlannedYuan: assessed('s.planned_yuan'),
  assessedYearYuan: assessed('s.year_yuan'),
  expected: 's.is_expected::int',
  filed: 's.is_filed::int',
  onTime: 's.is_on_time::int',
  excused: 's.is_excused::int',
  excusedFiled: '(s.is_excused and s.is_filed)::int',
  late: 's.is_late::int',
  missing: 's.is_missing::int',
  green: lit('green'),
  yellow: lit('yellow'),
  red: lit('red'),
  exempt: 's.is_exempt::int',
  mismatched: 's.is_mismatched::int',
  simulated: 's.is_simulated::int',
  totalInvestmentYuan: 's.total_investment_yuan',
  assessedCount: assessed('1'),
  assessedTotalInvestmentYuan: assessed('s.total_investment_yuan'),
  assessedMonthYuan: assessed('s.month_yuan'),
  assessedScheduledTwelfths: assessed('s.scheduled_twelfths'),
  assessedExpected: assessed('s.is_expected::int'),
  assessedOnTime: assessed('s.is_on_time::int'),
  assessedExcused: assessed('s.is_excused::int'),
  assessedStartDue: assessed('s.is_start_due::int'),
  assessedStarted: assessed('s.is_started::int'),
  assessedCompletionDue: assessed('s.is_completion_due::int'),
  assessedCompleted: assessed('s.is_completed::int'),
  assessedStatisticsDue: assessed('s.is_statistics_due::int'),
  assessedInStatistics: assessed('s.is_in_statistics::int'),
}
/** What one standing `s` counts in a figure. */
export const countOf = (figure: keyof Figures): string => COUNTS[figure]

const NAMES = Object.keys(COUNTS) as (keyof Figures)[]
const toColumn = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The columns of the figures, in the order in which `figuresOf` tells them. */
export const figureColumns = sql.join(NAMES.map((name) => sql.id(toColumn(name))))

/** Every figure of the cells: summed over standings `s`, or over such sums `s`, added to a cell `c`, or summed over cells `c` as the domain names them. */
export function figuresOf(
  how: 'sum' | 'sumOfSums' | 'add' | 'read' | 'readStandings',
  sign: RawBuilder<unknown> = sql`1`,
) {
  return sql.join(
    NAMES.map((name) => {
      const [column, count] = [sql.id(toColumn(name)), sql.raw(COUNTS[name])]
      if (how === 'sum') return sql`sum(${sign} * (${count}))::bigint as ${column}`
      if (how === 'sumOfSums') return sql`sum(s.${column})::bigint as ${column}`
      if (how === 'add') return sql`${column} = c.${column} + excluded.${column}`
      if (how === 'read') return sql`coalesce(sum(c.${column}), 0)::bigint as ${sql.id(name)}`
      return sql`coalesce(sum(${count}), 0)::bigint as ${sql.id(name)}`
    }),
  )
}

/** The groups `g` in which a standing `s` counts; one of several tiers counts in each of them. */
export const spread = sql`(
  values ('region', s.region_code, s.region_name), ('category', s.category, s.category),
    ('unit', coalesce(s.unit_id::text, ''), ''), ('stage', s.stage, s.stage)
  union all
  select 'tier', tier, tier from unnest(s.tiers) as tier
) as g (dimension, key, name)`
