import { createServiceDatabase } from '@tiaodu/testing'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { migrations } from '../../migrations/index.ts'
import type { DB } from '../../src/generated/tables.ts'
import { noteCycle, noteObligations } from '../../src/operations/note-cycle.ts'

const { kysely: db } = await createServiceDatabase<DB>(t, 'notifications', migrations)
const DUE_AT = '2026-12-07T10:00:00.000Z'
const WORKDAYS = Array.from({ length: 22 }, (_, day) => `2026-12-${String(day + 1).padStart(2, '0')}`)

const firstSteps = async (cycleId: string) => {
  const { rows } = await sql<{
    at: Date | null
  }>`select next_at as at from obligations where cycle_id = ${cycleId}`.execute(db)
  return rows.map(({ at }) => at?.toISOString())
}

for (const [first, period] of [
  ['the cycle', '2026-11'],
  ['its obligations', '2026-10'],
] as const) {
  t.test(`every obligation has its first step when ${first} came first and both are under way at once`, async (t) => {
    const cycleId = uuidv7()
    const about = { cycleId, period, dueAt: DUE_AT }
    const cycle = {
      ...about,
      openedAt: DUE_AT,
      lockAt: '2026-12-31T16:00:00.000Z',
      obligationCount: 1,
      workdays: WORKDAYS,
    }
    const obligation = { obligationId: uuidv7(), projectId: uuidv7(), unitId: uuidv7(), dueAt: DUE_AT }
    const trx = await db.startTransaction().execute()
    const notes = [
      (on: typeof trx) => noteCycle(on, cycle),
      (on: typeof trx) => noteObligations(on, { cycleId, period, obligations: [obligation] }),
    ]
    const [one, other] = first === 'the cycle' ? notes : notes.reverse()
    await one?.(trx)
    const crossing = db.transaction().execute(async (late) => other?.(late as typeof trx))
    await Promise.race([crossing, new Promise((done) => setTimeout(done, 200))])
    await trx.commit().execute()
    await crossing
    t.same(await firstSteps(cycleId), ['2026-12-04T01:00:00.000Z'])
  })
}
