import { type Migration, sql } from 'kysely'

// A photo belongs to the submissions from `first_revision` to `last_revision`: one that is taken out of a returned report
// stays with what was filed before. Images are compressed already.
export const createPhotos: Migration = {
  async up(db) {
    await sql`
      create table report_photos (
        id uuid primary key,
        project_id uuid not null,
        period text not null,
        first_revision integer not null check (first_revision > 0),
        last_revision integer check (last_revision >= first_revision),
        place text not null,
        taken_on date not null,
        is_taken_on_read boolean not null,
        type text not null check (type in ('image/jpeg', 'image/png', 'image/webp')),
        sha256 text not null,
        content bytea not null,
        added_at timestamptz not null,
        added_by uuid,
        is_simulated boolean not null
      )`.execute(db)
    await sql`alter table report_photos alter column content set storage external`.execute(db)
    await sql`create index report_photos_by_report on report_photos (project_id, period)`.execute(db)
  },
}
