import type { Reach } from '@tiaodu/service'
import {
  type BodyOf,
  type NewOrder,
  type OrderAction,
  type OrderWithTimeline,
  refuse,
  type routes,
  toDateOn,
  yearOf,
} from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Ways } from '../domain/channel-choice.ts'
import { assertWithinLimits, decideOrder, toOrderState } from '../domain/order.ts'
import { decideFlow, type FlowRequest, forbidden } from '../domain/order-flow.ts'
import type { DB } from '../generated/tables.ts'
import { getOrderRule, lockOrders } from '../repositories/order-rules.repository.ts'
import {
  findUnknownUnits,
  insertOrder,
  insertOrderMoment,
  nextOrdinal,
  type StoredFlow,
  type StoredOrder,
  updateOrder,
} from '../repositories/orders.repository.ts'
import { type Act, assertVersion } from './act.ts'
import { getOrderWithin, readOrder } from './order-view.ts'
import { tellOrder } from './tell-order.ts'

export type OrderAct = Act & { readonly reach: Reach; readonly ways: Ways }

const whoOf = ({ actor, now }: Act) => ({ actorId: actor.personId, actorName: actor.name, now })

/** Keeps a change, tells of it, and answers how the order stands. */
async function keep(
  trx: Transaction<DB>,
  changed: StoredOrder,
  what: { readonly action: OrderAction; readonly note: string | null; readonly flow: StoredFlow | null },
  by: OrderAct,
): Promise<OrderWithTimeline> {
  const order = { ...changed, version: changed.version + 1 }
  await updateOrder(trx, order)
  const { action, note, flow } = what
  await insertOrderMoment(trx, { orderId: order.id, flowId: flow?.id ?? null, action, note, ...whoOf(by) })
  await tellOrder(trx, order, { action, note, flows: flow === null ? order.flows : [flow] }, by.ways, by.now)
  return readOrder(trx, order, by.now)
}

/** Drafts an order. @throws validation-failed, unknown-reference */
export const createOrder = (db: Kysely<DB>, entered: NewOrder, by: OrderAct): Promise<OrderWithTimeline> =>
  db.transaction().execute(async (trx) => {
    assertWithinLimits(entered, await getOrderRule(trx))
    if (entered.cooperatingUnitIds.includes(entered.leadUnitId))
      throw refuse('validation-failed', 'cooperatingUnitIds', {
        zh: '主办单位不能同时协办',
        en: 'The leading unit is among them',
      })
    const unknown = await findUnknownUnits(trx, [entered.leadUnitId, ...entered.cooperatingUnitIds])
    if (unknown.length > 0)
      throw refuse('unknown-reference', unknown.includes(entered.leadUnitId) ? 'leadUnitId' : 'cooperatingUnitIds', {
        zh: '没有这个单位',
        en: 'There is no such unit',
      })
    const id = uuidv7()
    await insertOrder(trx, { ...entered, id, regionCode: by.actor.regionCode }, whoOf(by))
    await insertOrderMoment(trx, { orderId: id, flowId: null, action: 'create', note: null, ...whoOf(by) })
    return readOrder(trx, await getOrderWithin(trx, id, by.reach), by.now)
  })

/** Issues, suspends, resumes an order or strikes it off. @throws not-found, outside-scope, version-mismatch, order-move-forbidden */
export const moveOrder = (
  db: Kysely<DB>,
  id: string,
  {
    action,
    note = null,
  }: { readonly action: 'issue' | 'suspend' | 'resume' | 'strikeOff'; readonly note?: string | null },
  by: OrderAct,
): Promise<OrderWithTimeline> =>
  db.transaction().execute(async (trx) => {
    await lockOrders(trx)
    const current = await getOrderWithin(trx, id, by.reach, true)
    assertVersion(current.version, by)
    const moved = decideOrder(current, action, note, await getOrderRule(trx), by.now) as StoredOrder
    const year = yearOf(toDateOn(by.now))
    const issued =
      action === 'issue' ? { ...moved, year, ordinal: await nextOrdinal(trx, year), issuedAt: by.now } : moved
    return keep(trx, issued, { action, note, flow: null }, by)
  })

/** Does something about a unit's part. @throws not-found, outside-scope, version-mismatch, order-move-forbidden, validation-failed */
export const moveFlow = (
  db: Kysely<DB>,
  id: string,
  flowId: string,
  request: FlowRequest,
  by: OrderAct,
): Promise<OrderWithTimeline> =>
  db.transaction().execute(async (trx) => {
    const order = await getOrderWithin(trx, id, by.reach, true)
    const flow = order.flows.find((one) => one.id === flowId)
    if (flow === undefined) throw refuse('not-found', 'flowId', { zh: '没有这个承办单位', en: 'There is no such part' })
    if (by.reach.unitId !== null && by.reach.unitId !== flow.unitId)
      throw refuse('outside-scope', 'flowId', { zh: '由承办单位办理', en: 'It is for that unit to do so' })
    assertVersion(order.version, by)
    if (order.state !== 'issued') throw forbidden('action', '督办单不在办理中', 'The order is not under way')
    const changed = { ...flow, ...decideFlow(flow, request, whoOf(by)) }
    const flows = order.flows.map((one) => (one.id === flowId ? changed : one))
    const note = 'note' in request ? request.note : null
    const state = toOrderState(order.state, flows)
    return keep(trx, { ...order, flows, state }, { action: request.action, note, flow: changed }, by)
  })

type Entered = BodyOf<typeof routes.handleOrder> | BodyOf<typeof routes.reviewOrder>

/** A request with everything that its action needs. @throws validation-failed naming what is missing */
export function toFlowRequest(body: Entered): FlowRequest {
  const need = <T>(field: string, value: T | undefined): T => {
    if (value !== undefined) return value
    throw refuse('validation-failed', field, { zh: '必填', en: 'Must be given' })
  }
  switch (body.action) {
    case 'sign':
    case 'approve':
    case 'grantExtension':
      return { action: body.action }
    case 'askExtension':
      return {
        action: body.action,
        note: need('note', body.note),
        newDueOn: need('newDueOn', 'newDueOn' in body ? body.newDueOn : undefined),
        progress: need('progress', 'progress' in body ? body.progress : undefined),
      }
    default:
      return { action: body.action, note: need('note', body.note) }
  }
}
