import { type Migration, sql } from 'kysely'

// Version 1 is the rule that every cycle so far was opened by.
export const createCycleRules: Migration = {
  async up(db) {
    await sql`
      create table cycle_rules (
        version integer primary key,
        due_anchor text not null,
        due_day smallint not null,
        due_time text not null,
        holiday_policy text not null check (holiday_policy in ('postpone', 'bringForward', 'fixed')),
        are_weekends_off boolean not null,
        december_anchor text,
        december_day smallint,
        lock_after_days smallint,
        preliminary_frequency text not null check (preliminary_frequency in ('monthly', 'quarterly')),
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null,
        reason text not null,
        check ((december_anchor is null) = (december_day is null))
      )`.execute(db)
    await sql`
      insert into cycle_rules values (1, 'nextMonthDay', 5, '18:00', 'postpone', true, null, null, null, 'monthly',
        '2000-01-01T00:00:00Z', null, '系统', '出厂默认')`.execute(db)
    await sql`alter table cycles add column rule_version integer not null default 1 references cycle_rules (version)`.execute(
      db,
    )
    await sql`alter table cycles alter column rule_version drop default`.execute(db)
    await sql`alter table calendar_years add column version integer not null default 1`.execute(db)
    await sql`
      create table calendar_versions (
        year integer not null references calendar_years (year),
        version integer not null,
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null,
        reason text not null,
        changes json not null,
        primary key (year, version)
      )`.execute(db)
  },
}
