import type { NewOrder, OrderAction, OrderState, Urgency } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Extension, Flow } from '../domain/order-flow.ts'
import type { DB } from '../generated/tables.ts'

/** One unit's part as it is kept. */
export interface StoredFlow extends Flow {
  readonly id: string
  readonly unitId: string
  readonly unitName: string | null
  readonly part: 'lead' | 'cooperating'
}

/** An order as it is kept, with its parts, the leading unit first. */
export interface StoredOrder {
  readonly id: string
  readonly year: number | null
  readonly ordinal: number | null
  readonly title: string
  readonly demand: string
  readonly urgency: Urgency
  readonly days: number
  readonly state: OrderState
  readonly regionCode: string
  readonly projectId: string | null
  readonly projectName: string | null
  readonly alertId: string | null
  readonly raisedById: string | null
  readonly raisedByName: string
  readonly raisedAt: Date
  readonly issuedAt: Date | null
  readonly version: number
  readonly flows: readonly StoredFlow[]
}

interface FlowRow extends Omit<StoredFlow, 'signBy' | 'dueAt' | 'signedAt' | 'finishedAt'> {
  signBy: string | null
  dueAt: string | null
  signedAt: string | null
  finishedAt: string | null
}

const toDate = (text: string | null) => (text === null ? null : new Date(text))
const toFlow = (row: FlowRow): StoredFlow => ({
  ...row,
  ...{ signBy: toDate(row.signBy), dueAt: toDate(row.dueAt) },
  ...{ signedAt: toDate(row.signedAt), finishedAt: toDate(row.finishedAt) },
})

export const orderColumns = sql`o.id, o.year, o.ordinal, o.title, o.demand, o.urgency, o.days, o.state, o.region_code as "regionCode",
  o.project_id as "projectId", (select name from projects p where p.id = o.project_id) as "projectName", o.alert_id as "alertId",
  o.raised_by_id as "raisedById", o.raised_by_name as "raisedByName", o.raised_at as "raisedAt", o.issued_at as "issuedAt", o.version,
  (select json_agg(json_build_object('id', f.id, 'unitId', f.unit_id, 'unitName', (select name from units u where u.id = f.unit_id),
    'part', f.part, 'state', f.state, 'signBy', f.sign_by, 'dueAt', f.due_at, 'signedAt', f.signed_at, 'finishedAt', f.finished_at,
    'reworks', f.reworks, 'extension', f.extension) order by f.part desc, f.id) from order_flows f where f.order_id = o.id) as flows`

export const toOrder = (row: Omit<StoredOrder, 'flows'> & { flows: FlowRow[] | null }): StoredOrder => ({
  ...row,
  flows: (row.flows ?? []).map(toFlow),
})
export type OrderRow = Parameters<typeof toOrder>[0]

/** An order; undefined when there is none. `held`: until the transaction ends nobody else changes it. */
export async function findOrder(db: Kysely<DB>, id: string, held = false): Promise<StoredOrder | undefined> {
  if (held) await sql`select id from orders where id = ${id} for update`.execute(db)
  const { rows } = await sql<OrderRow>`select ${orderColumns} from orders o where o.id = ${id}`.execute(db)
  return rows[0] && toOrder(rows[0])
}

/** Keeps a draft with the parts of its units. */
export async function insertOrder(
  trx: Transaction<DB>,
  order: NewOrder & { readonly id: string; readonly regionCode: string },
  by: { readonly actorId: string | null; readonly actorName: string; readonly now: Date },
): Promise<void> {
  await sql`
    insert into orders (id, title, demand, urgency, days, state, region_code, project_id, alert_id, raised_by_id, raised_by_name, raised_at)
    values (${order.id}, ${order.title}, ${order.demand}, ${order.urgency}, ${order.days}, 'draft', ${order.regionCode},
      ${order.projectId ?? null}, ${order.alertId ?? null}, ${by.actorId}, ${by.actorName}, ${by.now})`.execute(trx)
  const parts = [
    { unitId: order.leadUnitId, part: 'lead' },
    ...order.cooperatingUnitIds.map((unitId) => ({ unitId, part: 'cooperating' })),
  ]
  for (const { unitId, part } of parts) {
    await sql`insert into order_flows (id, order_id, unit_id, part, state) values (${uuidv7()}, ${order.id}, ${unitId}, ${part}, 'waiting')`.execute(
      trx,
    )
  }
}

/** The next number of a year. */
export async function nextOrdinal(trx: Transaction<DB>, year: number): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(ordinal), 0) + 1 as next from orders where year = ${year}`.execute(trx)
  return rows[0]?.next ?? 1
}

/** Writes how an order and its parts stand now. */
export async function updateOrder(trx: Transaction<DB>, order: StoredOrder): Promise<void> {
  const { id, year, ordinal, state, issuedAt, version } = order
  await sql`update orders set year = ${year}, ordinal = ${ordinal}, state = ${state}, issued_at = ${issuedAt}, version = ${version}
    where id = ${id}`.execute(trx)
  for (const flow of order.flows) {
    const extension: Extension | null = flow.extension
    await sql`update order_flows set state = ${flow.state}, sign_by = ${flow.signBy}, due_at = ${flow.dueAt}, signed_at = ${flow.signedAt},
      finished_at = ${flow.finishedAt}, reworks = ${flow.reworks}, extension = ${extension === null ? null : JSON.stringify(extension)}::jsonb
      where id = ${flow.id}`.execute(trx)
  }
}

/** Keeps what was done. */
export async function insertOrderMoment(
  trx: Transaction<DB>,
  moment: {
    readonly orderId: string
    readonly flowId: string | null
    readonly action: OrderAction
    readonly note: string | null
    readonly actorId: string | null
    readonly actorName: string
    readonly now: Date
  },
): Promise<void> {
  await sql`insert into order_moments (order_id, flow_id, at, action, actor_id, actor_name, note)
    values (${moment.orderId}, ${moment.flowId}, ${moment.now}, ${moment.action}, ${moment.actorId}, ${moment.actorName}, ${moment.note})`.execute(
    trx,
  )
}

/** Which of some units are not known. */
export async function findUnknownUnits(db: Kysely<DB>, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from unnest(${ids}::uuid[]) as w (id) where not exists (select from units u where u.id = w.id)`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}
