import { instantJson } from '@tiaodu/database'
import type { Reach } from '@tiaodu/service'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'

const within = (reach: Reach) =>
  sql`p.region_code like ${`${reach.regionPrefix}%`} and (${reach.unitId}::uuid is null or p.unit_id = ${reach.unitId})`

/** Alerts within reach as JSON rows, newest first, one more than the page holds. */
export async function listAlerts(
  db: Kysely<DB>,
  filter: { state?: string | undefined; period?: string | undefined },
  reach: Reach,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<{ id: string; openedAt: string }[]> {
  const { rows } = await sql<{ item: { id: string; openedAt: string } }>`
    select json_build_object('id', a.id, 'kind', case when a.step_id is null then 'report-overdue' else 'step-slipped' end, 'stepName', a.step_name, 'projectId', a.project_id, 'projectName', p.name,
      'regionCode', p.region_code, 'unitId', p.unit_id, 'unitName', u.name, 'period', a.period,
      'dueAt', ${instantJson('a.due_at')}, 'state', a.state, 'rung', a.rung, 'openedAt', ${instantJson('a.opened_at')},
      'closedAt', ${instantJson('a.closed_at')},
      'timeline', (select coalesce(json_agg(json_build_object('at', ${instantJson('s.at')}, 'what', s.what, 'rung', s.rung) order by s.id), '[]'::json)
        from alert_steps s where s.alert_id = a.id)) as item
    from alerts a join projects p on p.id = a.project_id left join units u on u.id = p.unit_id
    where ${within(reach)}
      and (${filter.state ?? null}::text is null or a.state = ${filter.state ?? null})
      and (${filter.period ?? null}::text is null or a.period = ${filter.period ?? null})
      and (${after?.[1] ?? null}::uuid is null or (a.opened_at, a.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
    order by a.opened_at desc, a.id desc limit ${limit + 1}`.execute(db)
  return rows.map(({ item }) => item)
}

export async function countOpenAlerts(db: Kysely<DB>, reach: Reach): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from alerts a join projects p on p.id = a.project_id where a.state = 'open' and ${within(reach)}`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}
