import { type Migration, sql } from 'kysely'

const once = { everyWorkdays: null, untilWorkdays: null, channels: ['email'], quietHours: null, isActive: true }
const quietHours = { from: '21:00', to: '08:00' }
const morning = { ...once, unit: 'workdays', time: '09:00', mode: 'digest' }
const event = { ...once, quietHours, unit: 'workdays', time: null, amount: 0, mode: 'atOnce' }

const remind = (days: number, name: string) => ({
  ...{ ...morning, id: `remind-${days}`, name, fact: 'report-due', tells: ['filer'], amount: days === 0 ? 0 : -days },
})
/** An alert that is told to the filer and the head first, then a rung up each time. */
const climbing = (fact: string, short: string, name: string, tells: string[]) => [
  { ...morning, quietHours, id: `${short}-0`, name: `${name}：发生时`, fact, tells, amount: 0, time: null },
  { ...morning, id: `${short}-5`, name: `${name}：5 个工作日后`, fact, tells: ['leader'], amount: 5 },
  { ...morning, id: `${short}-10`, name: `${name}：10 个工作日后`, fact, tells: ['supervisor'], amount: 10 },
]

const POLICIES = [
  remind(3, '截止前 3 个工作日提醒'),
  remind(1, '截止前 1 个工作日提醒'),
  remind(0, '截止当天提醒'),
  {
    ...morning,
    id: 'overdue-0',
    name: '逾期即报',
    fact: 'report-overdue',
    tells: ['filer', 'head'],
    amount: 0,
    time: null,
  },
  { ...morning, id: 'overdue-1', name: '逾期 1 个工作日', fact: 'report-overdue', tells: ['leader'], amount: 1 },
  { ...morning, id: 'overdue-3', name: '逾期 3 个工作日', fact: 'report-overdue', tells: ['supervisor'], amount: 3 },
  ...climbing('start-missed', 'start', '应开工未开工', ['filer', 'head']),
  ...climbing('behind-schedule', 'behind', '进度滞后', ['filer', 'head']),
  ...climbing('difficulty-overdue', 'difficulty', '困难和问题超期', ['doer', 'filer', 'head']),
  ...climbing('step-slipped', 'slipped', '推进计划滞后', ['filer', 'head', 'doer']).map((one, at) =>
    at === 0 ? { ...one, mode: 'atOnce' } : one,
  ),
  ...climbing('funds-gap', 'funds', '资金到位不足', ['filer', 'head']),
  { ...event, id: 'returned', name: '月报被退回', fact: 'report-returned', tells: ['filer'] },
  { ...event, id: 'bulletin', name: '月通报发布', fact: 'bulletin-published', tells: ['head', 'leader', 'supervisor'] },
]

/** Who is told of what, and when, is data from here on; what had been told before stays told. */
export const policiesAsData: Migration = {
  async up(db) {
    await sql`
      create table policies (
        id text not null,
        version integer not null,
        content jsonb not null,
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null,
        reason text not null,
        primary key (id, version)
      )`.execute(db)
    await sql`
      insert into policies
      select p ->> 'id', 1, p - 'id', '2000-01-01T00:00:00Z', null, '系统', '出厂默认'
      from jsonb_array_elements(${JSON.stringify(POLICIES)}::jsonb) as p`.execute(db)

    await sql`alter table obligations add column reminded_through timestamptz, add column overdue_at timestamptz`.execute(
      db,
    )
    await sql`
      update obligations o set overdue_at = due_at,
        reminded_through = (select s.at from steps s where s.cycle_id = o.cycle_id and s.ordinal = o.next_ordinal - 1),
        next_at = case when next_ordinal <= 3 then next_at when is_open and next_at is not null and not exists
          (select from alerts a where a.obligation_id = o.id and a.state = 'open') then next_at end`.execute(db)
    await sql`alter table obligations alter column overdue_at set not null, drop column next_ordinal`.execute(db)
    await sql`drop table steps`.execute(db)

    await sql`
      alter table alerts add column kind text, add column subject_id uuid, add column label text, add column anchor_at timestamptz,
        add column ends_at timestamptz, add column told_through timestamptz, add column next_at timestamptz,
        add column doer_id uuid, add column doer_unit_id uuid,
        add column promised_on date, add column snoozed_until timestamptz, add column is_inhibited boolean not null default false`.execute(
      db,
    )
    await sql`
      update alerts a set kind = case when step_id is null then 'report-overdue' else 'step-slipped' end,
        subject_id = coalesce(obligation_id, step_id), label = step_name,
        anchor_at = case when step_id is null then a.due_at else opened_at end,
        ends_at = (select c.lock_at from obligations o join cycles c on c.id = o.cycle_id where o.id = a.obligation_id),
        told_through = coalesce((select swept_through from sweeps), opened_at),
        next_at = case when state = 'open' then coalesce((select swept_through from sweeps), opened_at) end`.execute(db)
    await sql`
      alter table alerts drop column obligation_id, drop column step_id, drop column step_name,
        alter column kind set not null, alter column subject_id set not null, alter column anchor_at set not null,
        add unique (kind, subject_id)`.execute(db)
    await sql`create index alerts_due on alerts (next_at) where state = 'open'`.execute(db)
    await sql`create index alerts_open_of_project on alerts (project_id) where state = 'open'`.execute(db)
    await sql`alter table alert_steps drop constraint alert_steps_what_check, add column policy_id text,
      add column actor_id uuid, add column actor_name text, add column note text`.execute(db)
  },
}
