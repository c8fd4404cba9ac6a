import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { toNamedAct } from '../operations/act.ts'
import { getCalendar, keepCalendar, listCalendarPage } from '../operations/keep-calendar.ts'
import { getCycleRule, keepCycleRule, listCycleRulePage } from '../operations/keep-cycle-rule.ts'
import { getReviewRule, keepReviewRule, listReviewRules } from '../operations/keep-review-rule.ts'
import { previewCycles } from '../operations/preview-cycles.ts'

export function mountCycleRules(app: FastifyInstance, { kysely }: Database<DB>): void {
  mount(app, routes.getCycleRule, ({ now }) => getCycleRule(kysely, now))
  mount(app, routes.putCycleRule, (context) => keepCycleRule(kysely, context.body, toNamedAct(context)))
  mount(app, routes.listCycleRules, ({ query }) => listCycleRulePage(kysely, query))
  mount(app, routes.previewCycles, ({ query, now }) => previewCycles(kysely, query.year, now))
  mount(app, routes.getReviewRule, ({ query, now }) => getReviewRule(kysely, query.period, now))
  mount(app, routes.putReviewRule, (context) => keepReviewRule(kysely, context.body, toNamedAct(context)))
  mount(app, routes.listReviewRules, () => listReviewRules(kysely))
  mount(app, routes.getWorkCalendar, ({ params }) => getCalendar(kysely, params.year))
  mount(app, routes.putWorkCalendar, (context) =>
    keepCalendar(kysely, context.params.year, context.body, toNamedAct(context)),
  )
  mount(app, routes.listWorkCalendarVersions, ({ params, query }) => listCalendarPage(kysely, params.year, query))
}
