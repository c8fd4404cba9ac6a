import { type Migration, sql } from 'kysely'

const GRADES = { slowBehindPoints: 10 }

// A bulletin is written before it is issued, and can be made again byte for byte: with what was frozen are kept the
// edition of its rendering and the hashes of what came out. Errata may be about its text as well as about a report.
export const sealBulletins: Migration = {
  async up(db) {
    await sql`
      create table bulletin_drafts (
        period text primary key references cycles (period),
        version integer not null,
        entry jsonb not null,
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null
      )`.execute(db)
    await sql`
      alter table bulletins add column edition integer not null default 0, add column html_sha256 text,
        add column markdown_sha256 text, add column published_by uuid`.execute(db)
    await sql`alter table bulletins alter column edition drop default`.execute(db)
    await sql`
      alter table bulletins add constraint bulletins_document
      check ((edition = 0) = (html_sha256 is null) and (edition = 0) = (markdown_sha256 is null))`.execute(db)
    await sql`
      alter table errata alter column project_id drop not null, alter column correction_number drop not null,
        add column actor_id uuid,
        add constraint errata_source check ((project_id is null) = (correction_number is null))`.execute(db)
    await sql`
      insert into formulas values ('grades', 1, '2000-01', ${JSON.stringify(GRADES)}::jsonb, '2000-01-01T00:00:00Z', null,
        '系统', '出厂默认')`.execute(db)
  },
}
