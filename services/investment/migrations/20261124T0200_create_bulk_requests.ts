import { type Migration, sql } from 'kysely'

// What was answered to a request about many reports, so that the same one sent again is not a second one.
export const createBulkRequests: Migration = {
  async up(db) {
    await sql`
      create table bulk_requests (
        person_id uuid not null,
        idempotency_key text not null,
        digest text not null,
        answer json not null,
        at timestamptz not null,
        primary key (person_id, idempotency_key)
      )`.execute(db)
  },
}
