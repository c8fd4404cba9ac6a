import type { Reach } from '@tiaodu/service'
import { type FigureSource, type PortfolioFigure, yearOf } from '@tiaodu/types'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { countOf } from './cells.repository.ts'

/** A record that a figure is made of, before it is known where it is read. */
export type MadeOf = Omit<FigureSource, 'href'>

/** What a record stands behind in the order of a list: project, month, source of funds. */
export type Position = readonly [projectId: string, period: string, source: string]

/** Where a page of records begins and how long it is. */
export interface MadeOfSpan {
  readonly after: Position | undefined
  readonly limit: number
}

const flag = (column: string) => `s.${column}::int`

// What a standing `s` adds, and what it adds it by.
const FIGURES: Readonly<Record<PortfolioFigure, readonly [FigureSource['kind'], string]>> = {
  projectCount: ['project', countOf('projectCount')],
  totalInvestmentYuan: ['project', countOf('totalInvestmentYuan')],
  plannedYuan: ['plan', countOf('plannedYuan')],
  scheduledTwelfths: ['plan', countOf('scheduledTwelfths')],
  monthCompletedYuan: ['report', countOf('monthYuan')],
  completedYuan: ['report', countOf('yearYuan')],
  expected: ['obligation', countOf('expected')],
  filed: ['report', countOf('filed')],
  onTime: ['obligation', countOf('onTime')],
  green: ['project', countOf('green')],
  yellow: ['project', countOf('yellow')],
  red: ['project', countOf('red')],
  exempt: ['project', countOf('exempt')],
  mismatched: ['project', countOf('mismatched')],
  startDue: ['project', flag('is_start_due')],
  started: ['project', flag('is_started')],
  completionDue: ['project', flag('is_completion_due')],
  completed: ['project', flag('is_completed')],
  statisticsDue: ['project', flag('is_statistics_due')],
  inStatistics: ['project', flag('is_in_statistics')],
}

/** The row of an answer whose figure is asked about. */
export interface OfRow {
  readonly period: string
  readonly groupBy: 'region' | 'tier' | 'unit' | 'category' | 'stage'
  /** The row of the total when absent. */
  readonly key?: string | undefined
  readonly figure: PortfolioFigure
  readonly assessedOnly?: boolean | undefined
}

const MEMBERS: Readonly<Record<OfRow['groupBy'], (key: string) => RawBuilder<unknown>>> = {
  region: (key) => sql`s.region_code = ${key}`,
  tier: (key) => sql`${key} = any(s.tiers)`,
  unit: (key) => sql`coalesce(s.unit_id::text, '') = ${key}`,
  category: (key) => sql`s.category = ${key}`,
  stage: (key) => sql`s.stage = ${key}`,
}

const within = ({ period, groupBy, key, assessedOnly }: OfRow, { regionPrefix, unitId }: Reach) =>
  sql.join(
    [
      sql`s.period = ${period} and s.region_code like ${`${regionPrefix}%`}`,
      ...(unitId === null ? [] : [sql`s.unit_id = ${unitId}`]),
      ...(key === undefined ? [] : [MEMBERS[groupBy](key)]),
      ...(assessedOnly === true ? [sql`s.is_assessed`] : []),
    ],
    sql` and `,
  )

/** The figure, from what is kept of the month. */
export async function sumOfRow(db: Kysely<DB>, of: OfRow, reach: Reach): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select coalesce(sum(${sql.raw(FIGURES[of.figure][1])}), 0)::bigint as total
    from standings s where ${within(of, reach)}`.execute(db)
  return rows[0]?.total ?? 0
}

// Yuan are those of reports; everything else is told of the month itself.
function madeOf({ period, figure }: OfRow): {
  made: RawBuilder<unknown>
  value: RawBuilder<unknown>
  month: RawBuilder<unknown>
} {
  const from = { monthCompletedYuan: period, completedYuan: `${yearOf(period)}-01` }[figure as string]
  if (from === undefined) {
    const isOfMonth = ['report', 'obligation'].includes(FIGURES[figure][0])
    return {
      made: sql`standings s`,
      value: sql.raw(FIGURES[figure][1]),
      month: isOfMonth ? sql`s.period` : sql`null::text`,
    }
  }
  return {
    made: sql`standings s join monthly_reports r on r.project_id = s.project_id and r.state = 'approved'
      and r.period between ${from} and ${period}`,
    value: sql`r.completed_yuan`,
    month: sql`r.period`,
  }
}

/** What makes the figure of a row, by project and month, one more than the page holds. */
export async function listMadeOf(
  db: Kysely<DB>,
  of: OfRow,
  reach: Reach,
  { after, limit }: MadeOfSpan,
): Promise<MadeOf[]> {
  const { made, value, month } = madeOf(of)
  const behind =
    after === undefined
      ? sql``
      : sql`and s.project_id >= ${after[0]}::uuid and (s.project_id, coalesce(${month}, '')) > (${after[0]}::uuid, ${after[1]})`
  const { rows } = await sql<MadeOf>`
    select ${FIGURES[of.figure][0]} as kind, s.project_id as "projectId", p.name as "projectName", ${month} as period,
      null as source, ${value} as value
    from ${made} join projects p on p.id = s.project_id
    where ${within(of, reach)} and ${value} <> 0 ${behind}
    order by s.project_id, ${month} limit ${sql.lit(limit + 1)}`.execute(db)
  return rows
}
