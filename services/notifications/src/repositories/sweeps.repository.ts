import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** Notes up to when everything that was due has been looked at. */
export const markSwept = async (db: Kysely<DB>, now: Date): Promise<void> => {
  await sql`insert into sweeps (swept_through) values (${now})
    on conflict (is_single) do update set swept_through = greatest(sweeps.swept_through, excluded.swept_through)`.execute(
    db,
  )
}
