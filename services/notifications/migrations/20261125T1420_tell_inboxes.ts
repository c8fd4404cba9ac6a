import { type Migration, sql } from 'kysely'

/** Whoever watches inboxes hears of each change in them; a word carries ids of people and nothing else, 200 of them at most. */
export const tellInboxes: Migration = {
  async up(db) {
    await sql`
      create function tell_inboxes() returns trigger language plpgsql as $$
      begin
        perform pg_notify('notifications_inboxes', string_agg(person_id::text, ','))
        from (select person_id, (row_number() over () - 1) / 200 as word from (select distinct person_id from changed) as p) as people
        group by word;
        return null;
      end $$`.execute(db)
    await sql`
      create trigger messages_added after insert on messages referencing new table as changed
        for each statement execute function tell_inboxes()`.execute(db)
    await sql`
      create trigger messages_changed after update on messages referencing new table as changed
        for each statement execute function tell_inboxes()`.execute(db)
    await sql`create index messages_newest on messages (person_id, id desc)`.execute(db)
  },
}
