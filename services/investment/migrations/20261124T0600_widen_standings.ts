import { type Migration, sql } from 'kysely'

const KNOWN = `add column stage text, add column total_investment_yuan bigint, add column planned_start_on date,
  add column actual_start_on date, add column planned_completion_on date, add column actual_completion_on date,
  add column statistical_entry_on date`

const DATED = ['start_due', 'started', 'completion_due', 'completed', 'statistics_due', 'in_statistics']
const SUMS = ['total_investment_yuan', 'assessed_count', 'assessed_total_investment_yuan', 'assessed_month_yuan']
  .concat(['assessed_scheduled_twelfths', 'assessed_expected', 'assessed_on_time'])
  .concat(DATED.map((name) => `assessed_${name}`))

// What rankings and comparisons count beside money: starts, completions and entries into statistics, by the dates and the
// stage that were known when the month was locked. Earlier places are given what is known now. All roll-ups are made anew
// by the fold that follows.
export const widenStandings: Migration = {
  async up(db) {
    await sql`alter table projects add column statistical_entry_on date`.execute(db)
    await sql`alter table units add column kind text, add column region_code text, add column peer_group text`.execute(
      db,
    )
    await sql`alter table project_places ${sql.raw(KNOWN)}`.execute(db)
    await sql`
      update project_places l set stage = case when l.is_withdrawn then 'withdrawn' else p.stage end,
        total_investment_yuan = p.total_investment_yuan, planned_start_on = p.planned_start_on,
        actual_start_on = p.actual_start_on, planned_completion_on = p.planned_completion_on,
        actual_completion_on = p.actual_completion_on
      from projects p where p.id = l.project_id`.execute(db)
    await sql`alter table project_places alter column stage set not null`.execute(db)
    await sql`truncate standings, cells, summaries`.execute(db)
    await sql`
      alter table standings add column stage text not null, add column total_investment_yuan bigint not null,
        ${sql.raw(DATED.map((name) => `add column is_${name} boolean not null`).join(', '))}`.execute(db)
    await sql`
      alter table cells drop constraint cells_dimension_check,
        add constraint cells_dimension_check
          check (dimension in ('region', 'tier', 'unit', 'category', 'programme', 'stage')),
        ${sql.raw(SUMS.map((name) => `add column ${name} bigint not null`).join(', '))}`.execute(db)
    await sql`
      insert into rollup_marks (project_id, from_period)
      select p.id, c.period from projects p, (select min(period) as period from cycles) c where c.period is not null`.execute(
      db,
    )
  },
}
