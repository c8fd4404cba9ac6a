import { createServiceDatabase } from '@tiaodu/testing'
import type { EventPayload } from '@tiaodu/types'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { migrations } from '../../migrations/index.ts'
import type { DB } from '../../src/generated/tables.ts'
import { keepPerson, keepProject } from '../../src/operations/keep-directory.ts'
import { noteCycle, noteObligations } from '../../src/operations/note-cycle.ts'
import { noteObligationChange } from '../../src/operations/note-obligation-change.ts'
import { noteReturn, noteSubmission } from '../../src/operations/note-report.ts'
import { sweepDeadlines } from '../../src/operations/sweep-deadlines.ts'

const { kysely: db } = await createServiceDatabase<DB>(t, 'notifications', migrations)
const WAYS = { channels: [], isSimulated: false }
const at = (text: string) => new Date(`2026-12-${text}:00+08:00`)
const WORKDAYS = ['01', '02', '03', '04', '07', '08', '09', '10', '11', '14', '15', '16', '17', '18', '21', '22'].map(
  (day) => `2026-12-${day}`,
)
const DUE_AT = at('07T18:00').toISOString()
const LOCK_AT = '2026-12-31T16:00:00.000Z'
const [unitId, filerId] = [uuidv7(), uuidv7()]
const person = (id: string, role: 'filer' | 'supervisor') => ({
  id,
  name: role,
  unitId,
  role,
  email: null,
  mobile: null,
  leftOn: null,
  regionCode: '410800',
  isSimulated: false,
  version: 1,
})

/** A project with a cycle of its own, as one that all events have arrived of. */
async function owe(period: string, order: 'usual' | 'change first', change: Partial<Change> | null = null) {
  const [cycleId, obligationId, projectId] = [uuidv7(), uuidv7(), uuidv7()]
  const about = { obligationId, projectId, unitId, period, dueAt: DUE_AT }
  const issue = () =>
    db.transaction().execute(async (trx) => {
      await noteObligations(trx, { cycleId, period, obligations: [about] })
      await noteCycle(trx, {
        ...{ cycleId, period, dueAt: DUE_AT, lockAt: LOCK_AT, openedAt: at('01T08:00').toISOString() },
        ...{ obligationCount: 1, workdays: WORKDAYS },
      })
    })
  const tell = (fields: Partial<Change>) =>
    db.transaction().execute((trx) =>
      noteObligationChange(trx, {
        ...{ ...about, lockAt: LOCK_AT, isExcused: false, what: 'extended', revision: 1 },
        ...{ changedAt: at('04T10:00').toISOString(), ...fields },
      }),
    )
  await db.transaction().execute((trx) =>
    keepProject(trx, {
      ...{ projectId, version: 1, name: period, regionCode: '410800', regionName: '焦作市', category: '交通' },
      ...{ tiers: ['city'], stage: 'building', assessmentClass: 'assessed', totalInvestmentYuan: null },
      ...{ responsibleUnitId: unitId, responsibleUnitName: '一局', filerId, leaderId: null },
    }),
  )
  if (order === 'usual') await issue()
  if (change !== null) await tell(change)
  if (order === 'change first') await issue()

  /** How many messages a sweep at an instant writes about this project. */
  const sweep = async (text: string) => {
    const count = async () => {
      const { rows } = await sql<{ count: number }>`
        select count(*) from messages where ${projectId} = any(project_ids)`.execute(db)
      return rows[0]?.count ?? 0
    }
    const before = await count()
    await sweepDeadlines(db, WAYS, at(text))
    return (await count()) - before
  }
  const alert = async () => {
    const { rows } = await sql<{ state: string; due_at: Date }>`
      select state, due_at from alerts where kind = 'report-overdue' and subject_id = ${obligationId}`.execute(db)
    return rows[0] && `${rows[0].state} ${rows[0].due_at.toISOString()}`
  }
  const rest = async () => {
    await sql`update obligations set next_at = null where id = ${obligationId}`.execute(db)
  }
  return { about, tell, sweep, alert, rest }
}
type Change = EventPayload<'obligation.changed.v1'>

t.before(async () => {
  await db.transaction().execute(async (trx) => {
    await keepPerson(trx, person(filerId, 'filer'))
    await keepPerson(trx, person(uuidv7(), 'supervisor'))
  })
})

for (const order of ['usual', 'change first'] as const) {
  t.test(`an extension moves every step with the due instant (${order})`, async (t) => {
    const period = order === 'usual' ? '2026-01' : '2026-02'
    const { sweep, alert, rest } = await owe(period, order, { dueAt: at('11T18:00').toISOString() })
    t.equal(await sweep('07T18:00'), 0, 'the first due instant says nothing any more')
    t.equal(await sweep('08T09:00'), 1, 'three workdays before the new one')
    t.equal(await sweep('11T09:00'), 1)
    t.equal(await alert(), undefined)
    t.equal((await sweep('11T18:00')) > 0, true, 'overdue')
    t.equal(await alert(), `open ${at('11T18:00').toISOString()}`)
    await rest()
  })
}

t.test('granted after the due instant it closes the alert, which opens again when it is due anew', async (t) => {
  const { sweep, alert, tell, rest } = await owe('2026-03', 'usual')
  await sweep('07T18:00')
  t.equal(await alert(), `open ${DUE_AT}`)
  await tell({ dueAt: at('09T18:00').toISOString(), changedAt: at('08T08:00').toISOString() })
  t.equal(await alert(), `closed ${DUE_AT}`)
  t.equal(await sweep('08T09:00'), 1, 'reminded one workday before')
  await sweep('09T18:00')
  t.equal(await alert(), `open ${at('09T18:00').toISOString()}`)
  await rest()
})

t.test('an excuse ends reminders and the alert; revoked, they go on from the next step', async (t) => {
  const { sweep, alert, tell, rest } = await owe('2026-04', 'usual')
  await sweep('07T18:00')
  const excused = { what: 'excused', isExcused: true, changedAt: at('07T19:00').toISOString() } as const
  await tell(excused)
  t.equal(await alert(), `closed ${DUE_AT}`)
  t.equal(await sweep('10T09:00'), 0)
  const revoked = { what: 'excuseRevoked', revision: 2, changedAt: at('10T10:00').toISOString() } as const
  await tell(revoked)
  await tell(excused)
  t.equal(await sweep('10T18:00'), 0, 'what was excused meanwhile is not made up for')
  t.ok((await sweep('11T09:00')) > 0, 'and the older news that came last is not heard')
  t.equal(await alert(), `open ${DUE_AT}`)
  await rest()
})

t.test('a report that was returned is due by the steps of its extension', async (t) => {
  const { about, sweep, tell, rest } = await owe('2026-05', 'usual')
  await tell({ dueAt: at('16T18:00').toISOString() })
  const report = { ...about, revision: 1 }
  await db.transaction().execute(async (trx) => {
    await noteSubmission(trx, { ...report, submittedAt: at('08T10:00').toISOString(), isLate: false })
    const returnedAt = at('09T10:00').toISOString()
    await noteReturn(
      trx,
      { ...report, returnedAt, reasons: [{ field: 'report', reason: '重填' }] },
      WAYS,
      at('09T10:00'),
    )
  })
  t.equal(await sweep('10T09:00'), 0)
  t.equal(await sweep('11T09:00'), 1, 'three workdays before the 16th')
  await rest()
})

t.test('a reopening tells of the lock alone: nobody is chased by it', async (t) => {
  const { sweep, tell, rest } = await owe('2026-06', 'usual')
  await sweep('10T09:00')
  await tell({ what: 'reopened', lockAt: '2027-01-10T16:00:00.000Z', changedAt: at('10T10:00').toISOString() })
  t.equal(await sweep('11T09:00'), 0)
  await rest()
})
