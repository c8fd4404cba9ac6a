import { resolve } from 'node:path'
import t from 'tap'
import { waitUntilSettled } from '../demo/settle.ts'
import { build } from '../local/build.ts'
import { LEADERS, PROJECTS, registerCrowd, tellProjects, UNITS } from './faults/crowd.ts'
import { createKiller } from './faults/killing.ts'
import { openFaults } from './faults/stage.ts'
import { backends } from './faults/stores.ts'
import { tallyMails } from './faults/tally.ts'

// `npm run test:faults` kills 50 times; `npm test` has less time.
const KILLS = Number(process.env.FAULT_KILLS ?? 8)
const SEED = process.env.FAULT_SEED ?? String(Date.now())
const FIRST_PORT = 8680
const PERIOD = '2026-11'
const SETTLE_MS = 600_000

const at = (text: string) => new Date(`2026-12-${text}:00+08:00`)
const [REMINDED, DUE, NEXT_DAY, THIRD_DAY] = [at('07T10:00'), at('07T18:00'), at('08T09:00'), at('10T09:00')]

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
    await operator.createEndpoint({
      body: { kind: 'webhook', name: '集成平台', url: receiver.url, regionCode: '410800', isPrivateAllowed: true },
    })
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
         and (select count(*) from notifications.people) = ${2 * UNITS + LEADERS + 2} as is`,
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

    const sent = await rows<{ id: string; step: Date }>(
      `select d.id, m.created_at as step from notifications.deliveries d join notifications.messages m on m.id = d.message_id`,
    )
    const steps = new Map(sent.map(({ id, step }) => [`<${id}@tiaodu>`, step.toISOString()]))
    const each = (number: number) => ({ mails: number, people: number })
    t.same(
      tallyMails(mailbox.messages(), (messageId) => steps.get(messageId) ?? 'nobody knows'),
      {
        [`${REMINDED.toISOString()} filer`]: each(UNITS),
        [`${DUE.toISOString()} filer`]: each(UNITS),
        [`${DUE.toISOString()} head`]: each(UNITS),
        [`${NEXT_DAY.toISOString()} leader`]: each(LEADERS),
        [`${THIRD_DAY.toISOString()} supervisor`]: each(1),
      },
      'what the SMTP server kept: one mail to each person for each step',
    )
    t.comment(`${mailbox.duplicates()} mails came again with the same Message-ID`)

    const events = await rows<{ id: string; type: string }>(
      'select id, type from notifications.event_log where seq > $1',
      [head?.seq],
    )
    t.equal(events.filter(({ type }) => type === 'project.changed.v1').length, PROJECTS)
    t.same([...receiver.received.keys()].sort(), events.map(({ id }) => id).sort(), 'every business event was received')
    const repeats = [...receiver.received.values()].filter(({ times }) => times > 1).length
    t.comment(`${events.length} webhooks, ${repeats} of them more than once with the same webhook-id`)
    t.same(
      await rows(`select distinct state from notifications.deliveries`),
      [{ state: 'sent' }],
      'nothing was given up',
    )
  })
}
