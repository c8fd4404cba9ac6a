import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { toNamedAct } from '../operations/act.ts'
import { getAnnualPlan, listAnnualPlanVersions } from '../operations/get-annual-plan.ts'
import { setAnnualPlan } from '../operations/set-annual-plan.ts'

const ofPlan = ({ id, year }: { readonly id: string; readonly year: number }) => ({ projectId: id, year })

export function mountPlans(app: FastifyInstance, { kysely }: Database<DB>): void {
  const { isSimulated } = app.parts.clock
  mount(app, routes.putAnnualPlan, (context) =>
    setAnnualPlan(kysely, ofPlan(context.params), context.body, { ...toNamedAct(context), isSimulated }),
  )
  mount(app, routes.getAnnualPlan, ({ params, query, now }) => getAnnualPlan(kysely, ofPlan(params), query.onDate, now))
  mount(app, routes.listAnnualPlanVersions, ({ params }) => listAnnualPlanVersions(kysely, ofPlan(params)))
}
