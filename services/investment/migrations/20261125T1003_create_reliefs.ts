import { type Migration, sql } from 'kysely'

const COUNTED = ['excused', 'excused_filed', 'late', 'missing', 'assessed_excused']
const KNOWN = ['excused', 'late', 'missing']

// What may be granted to a project for one period: a later due instant, a locked period opened once more, an excuse.
// The obligation says what holds of them; each change of it counts up its revision. How long the first two may be is a
// part of the cycle rule. All roll-ups are made anew by the fold that follows, since they count what is excused.
export const createReliefs: Migration = {
  async up(db) {
    await sql`
      create table reliefs (
        project_id uuid not null,
        period text not null,
        number integer not null,
        kind text not null check (kind in ('extension', 'reopening', 'excuse')),
        state text not null check (state in ('asked', 'granted', 'refused', 'withdrawn', 'revoked')),
        reason text not null,
        until_at timestamptz check ((until_at is null) = (kind = 'excuse')),
        cause text check (cause in ('justified', 'forceMajeure')),
        evidence jsonb not null,
        asked_by uuid,
        asked_by_name text not null,
        asked_at timestamptz not null,
        decided_by uuid,
        decided_by_name text,
        decided_at timestamptz,
        decision_reason text,
        revoked_by uuid,
        revoked_by_name text,
        revoked_at timestamptz,
        revocation_reason text,
        is_simulated boolean not null,
        primary key (project_id, period, number),
        check ((cause is null) = (kind <> 'excuse'))
      )`.execute(db)
    await sql`create unique index reliefs_open on reliefs (project_id, period) where state = 'asked'`.execute(db)
    await sql`create index reliefs_by_time on reliefs (asked_at, project_id, period, number)`.execute(db)
    await sql`
      alter table obligations add column reopened_until timestamptz,
        add column excuse text check (excuse in ('justified', 'forceMajeure')),
        add column revision integer not null default 0`.execute(db)
    await sql`
      alter table cycle_rules add column extend_at_most_days smallint not null default 10,
        add column reopen_at_most_days smallint not null default 15`.execute(db)
    await sql`
      alter table cycle_rules alter column extend_at_most_days drop default,
        alter column reopen_at_most_days drop default`.execute(db)
    await sql`truncate standings, cells, summaries`.execute(db)
    await sql`
      alter table standings
        ${sql.raw(KNOWN.map((name) => `add column is_${name} boolean not null default false`).join(', '))}`.execute(db)
    await sql`
      alter table cells
        ${sql.raw(COUNTED.map((name) => `add column ${name} bigint not null default 0`).join(', '))}`.execute(db)
    await sql`
      insert into rollup_marks (project_id, from_period)
      select p.id, c.period from projects p, (select min(period) as period from cycles) c where c.period is not null`.execute(
      db,
    )
  },
}
