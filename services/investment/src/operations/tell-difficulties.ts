import { appendEvents } from '@tiaodu/messaging/outbox'
import { toDateOn } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { lockSlippedDifficulties, markDifficultiesTold } from '../repositories/difficulties.repository.ts'
import { aboutDifficulty } from './register-difficulty.ts'

const PER_SWEEP = 2_000

/** Tells of open difficulties past their due day, each once for its due day. @returns how many */
export const tellDifficulties = (db: Kysely<DB>, now: Date): Promise<number> =>
  db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('investment-difficulties'))`.execute(trx)
    const slipped = await lockSlippedDifficulties(trx, toDateOn(now), PER_SWEEP)
    await appendEvents(
      trx,
      slipped.map((difficulty) => ({ name: 'difficulty.slipped.v1' as const, payload: aboutDifficulty(difficulty) })),
      now,
    )
    await markDifficultiesTold(
      trx,
      slipped.map(({ id }) => id),
    )
    return slipped.length
  })
