import type { Rung } from '@tiaodu/types'
import { sql, type Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { SweepPlan } from '../domain/sweep.ts'
import type { DB } from '../generated/tables.ts'

const ORDER = sql`array['filer', 'head', 'leader', 'supervisor']`

interface Climb {
  readonly obligationId: string
  readonly rung: Rung
}

/** Opens, reopens or lifts alerts; every rung that was climbed leaves its line in the alert's timeline. */
export async function raiseAlerts(trx: Transaction<DB>, alerts: SweepPlan['alerts'], now: Date): Promise<void> {
  if (alerts.length === 0) return
  const climbs: Climb[] = alerts.flatMap(({ obligation, rungs }) =>
    rungs.map((rung) => ({ obligationId: obligation.id, rung })),
  )
  await sql`
    with raised as (
      select * from unnest(${alerts.map(() => uuidv7())}::uuid[], ${alerts.map(({ obligation }) => obligation.id)}::uuid[],
        ${alerts.map(({ rungs }) => rungs.at(-1))}::text[]) as r (id, obligation_id, rung)
    ), before as (
      select a.id, a.obligation_id, a.state from alerts a join raised using (obligation_id)
    ), saved as (
      insert into alerts as old (id, obligation_id, project_id, period, due_at, state, rung, opened_at)
      select r.id, o.id, o.project_id, o.period, o.due_at, 'open', r.rung, ${now}
      from raised r join obligations o on o.id = r.obligation_id
      on conflict (obligation_id) do update set state = 'open', closed_at = null,
        rung = case when array_position(${ORDER}, excluded.rung) > array_position(${ORDER}, old.rung) then excluded.rung else old.rung end
      returning id, obligation_id
    )
    insert into alert_steps (alert_id, at, what, rung)
    select s.id, ${now}, case when c.nth > 1 or b.state = 'open' then 'escalated' when b.state = 'closed' then 'reopened' else 'opened' end, c.rung
    from saved s
    join (select obligation_id, rung, n, row_number() over (partition by obligation_id order by n) as nth
      from unnest(${climbs.map(({ obligationId }) => obligationId)}::uuid[], ${climbs.map(({ rung }) => rung)}::text[])
        with ordinality as u (obligation_id, rung, n)) c using (obligation_id)
    left join before b using (obligation_id)
    order by s.id, c.n`.execute(trx)
}

/** Closes the open alert of an obligation, if there is one. */
export async function closeAlert(trx: Transaction<DB>, obligationId: string, at: Date): Promise<void> {
  await sql`
    with closed as (
      update alerts set state = 'closed', closed_at = ${at} where obligation_id = ${obligationId} and state = 'open' returning id
    )
    insert into alert_steps (alert_id, at, what, rung) select id, ${at}, 'closed', null from closed`.execute(trx)
}
