import type { Database } from '@tiaodu/database'
import { mount, type RouteContext } from '@tiaodu/service'
import { type RouteContract, routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { acknowledgeAlert, snoozeAlert } from '../operations/act-on-alert.ts'
import { getPolicies, keepPolicy, listPolicyVersionPage } from '../operations/keep-policies.ts'
import { getAlert, groupAlerts, listAlertPage } from '../operations/list-alerts.ts'
import { previewPolicies } from '../operations/preview-policies.ts'

const byOf = ({ actor, now, expectedVersion, reach }: RouteContext<RouteContract>) => ({
  ...{ actor, now, expectedVersion, reach },
})

export function mountAlerts(app: FastifyInstance, { kysely }: Database<DB>): void {
  mount(app, routes.listAlerts, ({ query, reach }) => listAlertPage(kysely, query, reach))
  mount(app, routes.listAlertGroups, ({ query, reach }) => groupAlerts(kysely, query, reach))
  mount(app, routes.getAlert, ({ params, reach }) => getAlert(kysely, params.id, reach))
  mount(app, routes.acknowledgeAlert, (context) =>
    acknowledgeAlert(kysely, context.params.id, context.body, byOf(context)),
  )
  mount(app, routes.snoozeAlert, (context) => snoozeAlert(kysely, context.params.id, context.body, byOf(context)))
  mount(app, routes.listPolicies, () => getPolicies(kysely))
  mount(app, routes.previewPolicies, ({ query, reach, now }) => previewPolicies(kysely, query, reach, now))
  mount(app, routes.listPolicyVersions, ({ params, query }) => listPolicyVersionPage(kysely, params.id, query))
  mount(app, routes.putPolicy, (context) => keepPolicy(kysely, context.params.id, context.body, byOf(context)))
}
