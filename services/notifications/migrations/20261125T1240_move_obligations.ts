import { type Migration, sql } from 'kysely'

// What an extension or an excuse has made of an obligation; one that is excused is not open any more.
export const moveObligations: Migration = {
  async up(db) {
    await sql`
      alter table obligations drop column is_open, add column change_revision integer not null default 0,
        add column is_excused boolean not null default false`.execute(db)
    await sql`
      alter table obligations add column is_open boolean not null
        generated always as (filed_revision <= returned_revision and not is_excused) stored`.execute(db)
    await sql`create index obligations_due on obligations (next_at) where is_open`.execute(db)
  },
}
