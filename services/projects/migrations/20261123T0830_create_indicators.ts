import { type Migration, sql } from 'kysely'

export const createIndicators: Migration = {
  async up(db) {
    await sql`
      create table plan_indicators (
        id uuid primary key,
        region_code text not null,
        region_name text not null,
        source text not null,
        category text not null,
        indicator text not null,
        unit_of_measure text not null,
        base_value text,
        target_value text,
        rate_or_total text,
        attribute text check (attribute in ('expected', 'binding')),
        unique (region_code, source, indicator)
      )`.execute(db)
    await sql`
      create table annual_targets (
        id uuid primary key,
        year integer not null,
        programme text not null,
        metric text not null,
        value text not null,
        unit_of_measure text not null,
        kind text not null,
        unique (year, programme, metric, kind)
      )`.execute(db)
  },
}
