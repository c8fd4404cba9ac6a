import { ALERT_KINDS, type AlertKind } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import { type KnownDeadlines, SHOWN_DAYS } from '../domain/deadlines.ts'
import type { DB } from '../generated/tables.ts'

// The projects that a person files, heads the unit of, or leads. A filer who has gone to another unit files these no more.
const mine = (personId: string) => sql`
  me as (select * from people where id = ${personId} and not has_left),
  mine as (
    select p.id, p.name from me join projects p on p.unit_id = me.unit_id
    where me.role = 'head' or (me.role = 'filer' and (p.filer_id = me.id or not exists
      (select from people f where f.id = p.filer_id and f.unit_id = p.unit_id and not f.has_left)))
    union select p.id, p.name from me join projects p on p.leader_id = me.id
  )`

const MOST_NAMES = 10

const open = sql`o.state = 'issued' and f.state in ('issued', 'signed', 'handling', 'rework')`

/** What lies before a person, and what was due lately and is open still. */
export async function listDeadlines(db: Kysely<DB>, personId: string, now: Date): Promise<KnownDeadlines> {
  const since = sql`${now}::timestamptz - make_interval(days => ${SHOWN_DAYS})`
  const { rows: reports } = await sql<KnownDeadlines['reports'][number]>`
    with ${mine(personId)}
    select o.period, o.due_at as "dueAt", count(*)::int as count,
      (array_agg(m.name order by m.name, m.id))[1:${sql.lit(MOST_NAMES)}] as "projectNames"
    from mine m join obligations o on o.project_id = m.id and o.is_open
    where o.cycle_id is not null and o.due_at > ${since} group by 1, 2`.execute(db)
  const { rows: flows } = await sql<KnownDeadlines['flows'][number]>`
    select f.id, '〔' || o.year || '〕' || o.ordinal || '号' as number, o.title, u.name as "unitName", f.due_at as "dueAt",
      case when f.state = 'issued' then f.sign_by end as "signBy", o.version
    from people me join orders o on true join order_flows f on f.order_id = o.id left join units u on u.id = f.unit_id
    where me.id = ${personId} and not me.has_left and ${open} and f.due_at > ${since}
      and (o.raised_by_id = me.id or (me.role in ('filer', 'head') and f.unit_id = me.unit_id))`.execute(db)
  const { rows: promises } = await sql<KnownDeadlines['promises'][number] & { kind: AlertKind }>`
    with ${mine(personId)}
    select a.id as "alertId", p.name as "projectName", a.kind, coalesce(a.label, a.period, '') as label, a.promised_on::text as "promisedOn"
    from alerts a join projects p on p.id = a.project_id
    where a.state = 'open' and a.promised_on is not null
      and (a.doer_id = ${personId} or exists (select from mine m where m.id = a.project_id))`.execute(db)
  const said = promises.map(({ kind, label, ...rest }) => ({ ...rest, label: `${ALERT_KINDS[kind]} ${label}`.trim() }))
  return { reports, flows, promises: said }
}
