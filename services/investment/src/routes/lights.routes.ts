import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { toNamedAct } from '../operations/act.ts'
import { declareLight } from '../operations/declare-light.ts'
import { endExemption, listExemptions, recordExemption, withdrawExemption } from '../operations/keep-exemptions.ts'
import { keepLightRule, listLightRules } from '../operations/keep-light-rule.ts'
import { listLightPage, listProjectLightPage } from '../operations/list-lights.ts'

export function mountLights(app: FastifyInstance, { kysely: db }: Database<DB>): void {
  mount(app, routes.listLights, ({ query, reach, now }) => listLightPage(db, query, reach, now))
  mount(app, routes.listProjectLights, ({ params, query, now }) => listProjectLightPage(db, params.id, query, now))
  mount(app, routes.declareLight, (asked) =>
    declareLight(db, { projectId: asked.params.id, period: asked.params.period }, asked.body, toNamedAct(asked)),
  )
  mount(app, routes.listExemptions, ({ params }) => listExemptions(db, params.id))
  mount(app, routes.recordExemption, (asked) => recordExemption(db, asked.params.id, asked.body, toNamedAct(asked)))
  mount(app, routes.endExemption, (asked) => endExemption(db, asked.params, asked.body, toNamedAct(asked)))
  mount(app, routes.withdrawExemption, (asked) =>
    withdrawExemption(db, asked.params, asked.body.reason, toNamedAct(asked)),
  )
  mount(app, routes.listLightRules, () => listLightRules(db))
  mount(app, routes.putLightRule, (asked) => keepLightRule(db, asked.body, toNamedAct(asked)))
}
