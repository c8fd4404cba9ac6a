import { appendEvents } from '@tiaodu/messaging/outbox'
import { type EventPayload, toDateOn } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { lockSlipped, markTold } from '../repositories/plan-steps.repository.ts'

const STEPS_PER_SWEEP = 2_000
const STEPS_PER_EVENT = 200

/**
 * Tells of steps whose due day has passed, those of a project together, each once for its due day; two at once wait for
 * each other. @returns how many
 */
export const tellSlips = (db: Kysely<DB>, now: Date): Promise<number> =>
  db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('projects-slips'))`.execute(trx)
    const slipped = await lockSlipped(trx, toDateOn(now), STEPS_PER_SWEEP)
    const payloads: EventPayload<'steps.slipped.v1'>[] = []
    for (const { projectId, id: stepId, kind, name, dueOn, unitId, personId } of slipped) {
      const step = { stepId, kind, name, dueOn: dueOn ?? '', unitId, personId }
      const last = payloads.at(-1)
      if (last?.projectId === projectId && last.steps.length < STEPS_PER_EVENT) last.steps.push(step)
      else payloads.push({ projectId, steps: [step] })
    }
    const events = payloads.map((payload) => ({ name: 'steps.slipped.v1' as const, payload }))
    await appendEvents(trx, events, now)
    await markTold(
      trx,
      slipped.map(({ id }) => id),
    )
    return slipped.length
  })
