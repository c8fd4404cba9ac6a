import { type Migration, sql } from 'kysely'

const list = "jsonb not null default '[]'::jsonb"

export const widenProjects: Migration = {
  async up(db) {
    // Every two consecutive characters: a trigram index does not serve two Chinese ones.
    await sql`
      create function grams(words text) returns text[] language sql immutable strict parallel safe as $$
        select array(select substr(words, place, 2) from generate_series(1, length(words) - 1) as place)
      $$`.execute(db)
    await sql`
      alter table projects
        add project_code text unique,
        add local_codes text[] not null default '{}',
        add year_roles ${sql.raw(list)},
        add construction_type text,
        add industry_code text,
        add place text,
        add scale text,
        add owner_name text,
        add owner_credit_code text,
        add funding_plan ${sql.raw(list)},
        add planned_start_on date,
        add actual_start_on date,
        add planned_completion_on date,
        add actual_completion_on date,
        add approvals ${sql.raw(list)},
        add statistical_entry_on date,
        add parent_id uuid references projects (id),
        add search_text text generated always as
          (lower(name || ' ' || coalesce(owner_name, '') || ' ' || coalesce(place, ''))) stored`.execute(db)
    await sql`
      alter table projects add search_grams text[] generated always as
        (grams(lower(name || ' ' || coalesce(owner_name, '') || ' ' || coalesce(place, '')))) stored`.execute(db)
    await sql`create index projects_by_gram on projects using gin (search_grams)`.execute(db)
    await sql`create index projects_by_parent on projects (parent_id) where parent_id is not null`.execute(db)
  },
}
