import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import type { DB } from '../generated/tables.ts'
import { toAct } from '../operations/act.ts'
import { addStep, beginPlan, changeStep, listPlan } from '../operations/keep-plan.ts'
import { keepTemplate, listStepTemplates } from '../operations/keep-templates.ts'
import { listDueSteps, listStepVersionPage } from '../operations/list-due-steps.ts'

export function mountPushPlan(app: FastifyInstance, { kysely }: Database<DB>): void {
  mount(app, routes.listStepTemplates, () => listStepTemplates(kysely))
  mount(app, routes.putStepTemplate, ({ params, body, expectedVersion, ...context }) =>
    keepTemplate(kysely, { code: params.code, expectedVersion }, body, toAct(context)),
  )
  mount(app, routes.listPlanSteps, ({ params, now }) => listPlan(kysely, params.id, now))
  mount(app, routes.createPlan, ({ params, body, ...context }) =>
    beginPlan(kysely, { projectId: params.id, startOn: body.startOn }, toAct(context)),
  )
  mount(app, routes.addPlanStep, ({ params, body, ...context }) =>
    addStep(kysely, { projectId: params.id, id: uuidv7(), fields: body }, toAct(context)),
  )
  mount(app, routes.updatePlanStep, ({ params, body: patch, expectedVersion, ...context }) =>
    changeStep(kysely, { projectId: params.id, id: params.stepId, patch, expectedVersion }, toAct(context)),
  )
  mount(app, routes.listPlanStepVersions, ({ params, query }) => listStepVersionPage(kysely, params, query))
  mount(app, routes.listDueSteps, ({ query, reach, now }) => listDueSteps(kysely, query, reach, now))
}
