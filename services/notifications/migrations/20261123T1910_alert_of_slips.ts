import { type Migration, sql } from 'kysely'

/** An alert is about a report that is missing or about a step of a push plan that has slipped. */
export const alertOfSlips: Migration = {
  async up(db) {
    await sql`
      alter table alerts
        alter column obligation_id drop not null,
        alter column period drop not null,
        add column step_id uuid unique,
        add column step_name text,
        add check (num_nonnulls(obligation_id, step_id) = 1),
        add check ((step_id is null) = (step_name is null) and (step_id is null) = (period is not null))`.execute(db)
    await sql`
      alter table messages drop constraint messages_kind_check,
        add constraint messages_kind_check
        check (kind in ('reminder', 'overdue', 'returned', 'bulletin', 'contactMissing', 'stepSlipped'))`.execute(db)
  },
}
