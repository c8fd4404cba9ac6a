import { fromCursor, type Reach, toPage } from '@tiaodu/service'
import {
  ALERT_KINDS,
  type BodyOf,
  type NewOrder,
  type OrderRule,
  type OrderWithTimeline,
  type QueryOf,
  type ResponseOf,
  refuse,
  type routes,
} from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { assertOrderRule } from '../domain/order.ts'
import { toUnitFigures } from '../domain/order-statistics.ts'
import type { DB } from '../generated/tables.ts'
import { listOrders, listOrdersOfYear } from '../repositories/order-pages.repository.ts'
import { getOrderRule, insertOrderRule, lockOrders } from '../repositories/order-rules.repository.ts'
import { type Act, assertVersion } from './act.ts'
import { getAlert } from './list-alerts.ts'
import { getOrderWithin, readOrder, toOrderView } from './order-view.ts'

/** A page of orders. */
export async function listOrderPage(
  db: Kysely<DB>,
  { cursor, limit = 20, ...filter }: QueryOf<typeof routes.listOrders>,
  reach: Reach,
  now: Date,
): Promise<ResponseOf<typeof routes.listOrders>> {
  const span = { after: cursor === undefined ? undefined : fromCursor(cursor, ['instant', 'id']), limit }
  const rule = await getOrderRule(db)
  const orders = (await listOrders(db, filter, reach, span)).map((order) => toOrderView(order, rule, now))
  return toPage(orders, limit, ({ raisedAt, id }) => [raisedAt, id])
}

/** One order with everything that was done. @throws not-found, outside-scope */
export const getOrder = async (db: Kysely<DB>, id: string, reach: Reach, now: Date): Promise<OrderWithTimeline> =>
  readOrder(db, await getOrderWithin(db, id, reach), now)

/** What became of the orders of a year, by unit. */
export async function getOrderStatistics(
  db: Kysely<DB>,
  { year }: QueryOf<typeof routes.getOrderStatistics>,
  reach: Reach,
  now: Date,
): Promise<ResponseOf<typeof routes.getOrderStatistics>> {
  const orders = await listOrdersOfYear(db, year, reach)
  return { year, units: toUnitFigures(orders, await getOrderRule(db), now) }
}

/** A new version of the rule of orders. @throws version-mismatch, validation-failed */
export const keepOrderRule = (
  db: Kysely<DB>,
  { reason, ...fields }: BodyOf<typeof routes.putOrderRule>,
  act: Act,
): Promise<OrderRule> =>
  db.transaction().execute(async (trx) => {
    assertOrderRule(fields)
    await lockOrders(trx)
    const { version } = await getOrderRule(trx)
    assertVersion(version, act)
    const rule = { ...fields, version: version + 1, at: act.now.toISOString(), actorName: act.actor.name, reason }
    await insertOrderRule(trx, rule)
    return rule
  })

/** What an order about an open alert would say. @throws not-found, outside-scope, alert-closed, unknown-reference */
export async function proposeOrder(db: Kysely<DB>, alertId: string, reach: Reach): Promise<NewOrder> {
  const alert = await getAlert(db, alertId, reach)
  if (alert.state !== 'open') throw refuse('alert-closed', 'id', { zh: '该预警已解除', en: 'The alert is closed' })
  if (alert.unitId === null)
    throw refuse('unknown-reference', 'leadUnitId', {
      zh: '项目未定责任单位',
      en: 'The project has no responsible unit',
    })
  const { most } = (await getOrderRule(db)).limits.ordinary
  const what = `${ALERT_KINDS[alert.kind]}${alert.period === null ? '' : `（${alert.period}）`}`
  return {
    title: `${alert.projectName}：${what}`,
    demand: `${alert.label ?? what}。请查明原因，制定措施，限期整改并上报情况。`,
    urgency: 'ordinary',
    days: most,
    leadUnitId: alert.unitId,
    cooperatingUnitIds: [],
    projectId: alert.projectId,
    alertId: alert.id,
  }
}
