import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { type Actor, type Language, routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { enterIndicatorYear } from '../operations/enter-indicator-year.ts'
import { evaluateIndicators, getPlanIndicator } from '../operations/evaluate-indicators.ts'
import { importFacts } from '../operations/import-indicators.ts'
import { listAnnualTargets, listIndicatorChanges, listPlanIndicators } from '../operations/list-indicators.ts'
import { loadAnnualTargets, loadPlanIndicators } from '../operations/load-indicators.ts'
import type { Reading } from '../operations/run-import.ts'

interface Handed {
  readonly actor: Actor
  readonly now: Date
  readonly language: Language
  readonly query: { readonly fileName?: string; readonly dryRun?: boolean }
}

const toAct = ({ actor, now, language }: Omit<Handed, 'query'>) => ({
  now,
  language,
  actorId: actor.personId,
  actorName: actor.name,
})

const toLoad = ({ query, ...context }: Handed) => ({
  ...toAct(context),
  listName: query.fileName ?? 'API',
  isDryRun: query.dryRun ?? false,
})

export function mountIndicators(app: FastifyInstance, { kysely }: Database<DB>, reading: Reading): void {
  mount(app, routes.listPlanIndicators, ({ query }) => listPlanIndicators(kysely, query))
  mount(app, routes.evaluateIndicators, ({ query, language }) => evaluateIndicators(kysely, query, language))
  mount(app, routes.importPlanIndicators, ({ body, ...context }) =>
    importFacts(kysely, body as Uint8Array, loadPlanIndicators, { ...toLoad(context), reading }),
  )
  mount(app, routes.getPlanIndicator, ({ params, language }) => getPlanIndicator(kysely, params.id, language))
  mount(app, routes.putIndicatorYear, ({ params, body, expectedVersion, reach, ...context }) =>
    enterIndicatorYear(kysely, { ...params, figures: body, expectedVersion }, { ...toAct(context), reach }),
  )
  mount(app, routes.listIndicatorChanges, ({ params, query }) => listIndicatorChanges(kysely, params.id, query))
  mount(app, routes.listAnnualTargets, ({ query }) => listAnnualTargets(kysely, query))
  mount(app, routes.importAnnualTargets, ({ body, ...context }) =>
    importFacts(kysely, body as Uint8Array, loadAnnualTargets, { ...toLoad(context), reading }),
  )
}
