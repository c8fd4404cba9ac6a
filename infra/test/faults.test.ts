import { resolve } from 'node:path'
import type { PersonalChannel } from '@tiaodu/types'
import t, { type Test } from 'tap'
import { waitUntilSettled } from '../demo/settle.ts'
import { build } from '../local/build.ts'
import { everybody, PEOPLE, PROJECTS, personAt, registerCrowd, tellProjects, UNITS, wishOf } from './faults/crowd.ts'
import { offerTextMessages, registerReceiver } from './faults/endpoints.ts'
import { createKiller } from './faults/killing.ts'
import type { Received } from './faults/receiver.ts'
import { openFaults } from './faults/stage.ts'
import { backends } from './faults/stores.ts'
import { compare } from './faults/tally.ts'

// `npm run test:faults` kills 50 times; `npm test` has less time.
const KILLS = Number(process.env.FAULT_KILLS ?? 8)
const SEED = process.env.FAULT_SEED ?? String(Date.now())
const FIRST_PORT = 8680
const PERIOD = '2026-11'
const SETTLE_MS = 600_000

const at = (text: string) => new Date(`2026-12-${text}:00+08:00`)
const [REMINDED, DUE, NEXT_DAY, THIRD_DAY] = [at('07T10:00'), at('07T18:00'), at('08T09:00'), at('10T09:00')]

/** What came again under an id says the same, so that the other side may know it by its id alone. */
function assertSame(t: Test, received: Received<unknown>, what: string): void {
  const repeats = [...received.values()].filter(({ length }) => length > 1)
  t.comment(`${repeats.length} ${what}`)
  for (const [first, ...others] of repeats) for (const other of others) t.same(other, first)
}

build(resolve(import.meta.dirname, '../..'))
for (const [index, backend] of backends().entries()) {
  t.test(`kill -9 of any worker or store: one digest per person and step, queues on ${backend}`, async (t) => {
    t.comment(`${KILLS} kills, FAULT_SEED=${SEED}`)
    const stage = await openFaults(t, backend, FIRST_PORT + index * 20, REMINDED)
    const { system, clock, mailbox, receiver, rows, until } = stage
    const crowd = await registerCrowd(system)
    const { operator } = crowd
    await until(
      'every unit published',
      `select count(*) = ${UNITS + 1} as is from notifications.event_log where type = 'unit.changed.v1' and seq is not null`,
    )
    const [head] = await rows<{ seq: string }>('select seq from notifications.event_log_head')
    await registerReceiver(operator, receiver.url)
    await offerTextMessages(operator)
    const killer = createKiller(system, stage.stores, SEED)
    let planned = 0
    /** Spends a share of the kills; the last one spends what is left. */
    const disturb = async (share: number) => {
      const times = share === 1 ? KILLS - planned : Math.round(KILLS * share)
      planned += times
      await killer.disturb(times)
    }
    const moveTo = async (instant: Date, share: number) => {
      clock.set(instant)
      await disturb(share)
      await until(`a sweep of ${instant.toISOString()}`, 'select swept_through >= $1 as is from notifications.sweeps', [
        instant,
      ])
    }

    await tellProjects(system.options.databaseUrl, crowd)
    await disturb(0.2)
    await until(
      'every project and person',
      `select (select count(*) from investment.projects) = ${PROJECTS} and (select count(*) from notifications.projects) = ${PROJECTS}
         and (select count(*) from notifications.people) = ${PEOPLE} as is`,
    )
    await operator.openCycle({ body: { period: PERIOD } })
    await disturb(0.2)
    await until(
      'every obligation',
      `select (select count(*) from notifications.obligations where period = $1) = ${PROJECTS}
         and exists (select from notifications.messages) as is`,
      [PERIOD],
    )
    await moveTo(DUE, 0.25)
    await moveTo(NEXT_DAY, 0.2)
    await moveTo(THIRD_DAY, 1)
    await until(
      'every event published',
      'select not exists (select from notifications.event_log where seq is null) as is',
    )
    await waitUntilSettled(system.options.databaseUrl, SETTLE_MS)

    const killed = Object.values(killer.killed)
    t.comment(JSON.stringify(killer.killed))
    t.equal(
      killed.reduce((sum, times) => sum + times, 0),
      KILLS,
    )
    t.equal(killed.length, 3 + stage.stores.length, 'each worker and store among them')

    const alerts = await rows(
      `select count(*)::int as alerts, count(distinct subject_id)::int as reports, array_agg(distinct rung) as rungs,
         (select count(*)::int from notifications.alert_steps s join notifications.alerts o on o.id = s.alert_id
          where o.period = $1 and s.what = 'opened') as opened
       from notifications.alerts where period = $1 and kind = 'report-overdue'`,
      [PERIOD],
    )
    t.same(alerts, [{ alerts: PROJECTS, reports: PROJECTS, rungs: ['supervisor'], opened: PROJECTS }])

    const deliveries = await rows<{ id: string; step: Date }>(
      `select d.id, m.created_at as step from notifications.deliveries d join notifications.messages m on m.id = d.message_id`,
    )
    const steps = new Map(deliveries.map(({ id, step }) => [id, step.toISOString()]))
    const arrivedAt = (way: PersonalChannel) => (id: string, to: string) =>
      `${steps.get(id) ?? 'nobody knows'} ${personAt(to)} by ${way}`
    const [mailed, texted] = [arrivedAt('email'), arrivedAt('sms')]
    const mails = mailbox
      .messages()
      .map(({ messageId, to }) => mailed(messageId.slice(1, -'@tiaodu>'.length), to[0] ?? ''))
    const texts = [...receiver.texts].map(([id, [first]]) => texted(id, first?.to ?? ''))
    const told = [
      ...[REMINDED, DUE].flatMap((step) => everybody('filer').map((person) => ({ step, person }))),
      ...everybody('head').map((person) => ({ step: DUE, person })),
      ...everybody('leader').map((person) => ({ step: NEXT_DAY, person })),
      ...everybody('supervisor').map((person) => ({ step: THIRD_DAY, person })),
    ]
    const expected = told.map(({ step, person }) => `${step.toISOString()} ${person} by ${wishOf(person)}`)
    t.comment(`${mails.length} digests at the SMTP server, ${texts.length} at the HTTP receiver`)
    t.same(
      compare(expected, [...mails, ...texts]),
      { missing: [], tooMany: [] },
      'one digest to each person for each step, by the way that they wish',
    )
    t.comment(`${mailbox.duplicates()} mails came again with the same Message-ID`)
    assertSame(t, receiver.texts, 'text messages came again with the same Idempotency-Key')

    const events = await rows<{ id: string; type: string }>(
      'select id, type from notifications.event_log where seq > $1',
      [head?.seq],
    )
    t.equal(events.filter(({ type }) => type === 'project.changed.v1').length, PROJECTS)
    t.same([...receiver.events.keys()].sort(), events.map(({ id }) => id).sort(), 'every business event was received')
    t.comment(`${events.length} webhooks`)
    assertSame(t, receiver.events, 'webhooks came again with the same webhook-id')
    t.same(
      await rows(`select distinct state from notifications.deliveries`),
      [{ state: 'sent' }],
      'nothing was given up',
    )
  })
}
