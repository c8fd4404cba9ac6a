import { createServiceDatabase, createTestClock } from '@tiaodu/testing'
import { sql, type Transaction } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { migrations } from '../../migrations/index.ts'
import { createHandlers } from '../../src/consumers/notifications.consumer.ts'
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

t.test(
  'a fact that is settled before the word that it happened arrives opens nothing, whichever commits first',
  async (t) => {
    const [projectId, unit] = [uuidv7(), uuidv7()]
    await sql`insert into projects (id, version, name, region_code, unit_id) values (${projectId}, 1, '甲桥', '410800', ${unit})`.execute(
      db,
    )
    const handlers = createHandlers({
      clock: createTestClock('2026-11-20T01:00:00Z'),
      ways: { channels: [], isSimulated: false },
      getPerson: () => Promise.reject(new Error('nobody is asked for')),
    })
    const states = async (subjectId: string) => {
      const { rows } = await sql<{ state: string }>`select state from alerts where subject_id = ${subjectId}`.execute(
        db,
      )
      return rows.map(({ state }) => state)
    }
    const handle = (trx: Transaction<DB>, { id, name, payload }: { id: string; name: string; payload: object }) =>
      handlers[name as 'step.settled.v1'](trx, { id, name, occurredAt: DUE_AT, payload } as never)
    const at = '2026-11-20T00:00:00.000Z'
    const pairs = (subject: string) => {
      const difficulty = {
        difficultyId: subject,
        projectId,
        unitInChargeId: unit,
        category: 'site',
        coordinationLevel: 1,
      }
      const step = {
        stepId: subject,
        kind: 'procedure',
        name: '环评',
        dueOn: '2026-11-19',
        unitId: null,
        personId: null,
      }
      const due = { ...difficulty, dueOn: '2026-11-19' }
      return [
        [
          'steps.slipped.v1',
          { projectId, steps: [step] },
          'step.settled.v1',
          { projectId, stepId: subject, settledAt: at },
        ],
        ['difficulty.slipped.v1', due, 'difficulty.resolved.v1', { ...due, resolvedAt: at }],
        ['difficulty.slipped.v1', due, 'difficulty.rescheduled.v1', { ...due, rescheduledAt: at }],
      ] as const
    }
    for (const index of [0, 1, 2]) {
      const subject = uuidv7()
      const [happens, happened, settles, settled] = pairs(subject)[index] ?? pairs(subject)[0]
      const [older, newer, newest] = [uuidv7(), uuidv7(), uuidv7()]
      await db.transaction().execute((trx) => handle(trx, { id: newer, name: settles, payload: settled }))
      await db.transaction().execute((trx) => handle(trx, { id: older, name: happens, payload: happened }))
      t.same(await states(subject), [], `${settles} first`)
      await db.transaction().execute((trx) => handle(trx, { id: newest, name: happens, payload: happened }))
      t.same(await states(subject), ['open'], 'what happens after it does open')

      const both = uuidv7()
      const [, first, , second] = pairs(both)[index] ?? pairs(both)[0]
      const ids = [uuidv7(), uuidv7()] as const
      const trx = await db.startTransaction().execute()
      await handle(trx as never, { id: ids[0], name: happens, payload: first })
      const crossing = db.transaction().execute((late) => handle(late, { id: ids[1], name: settles, payload: second }))
      await Promise.race([crossing, new Promise((done) => setTimeout(done, 200))])
      await trx.commit().execute()
      await crossing
      t.same(await states(both), ['closed'], `${settles} while ${happens} is under way`)
    }
  },
)
