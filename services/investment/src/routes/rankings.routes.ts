import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { toNamedAct } from '../operations/act.ts'
import { getComparisons } from '../operations/get-comparisons.ts'
import { getRanking } from '../operations/get-ranking.ts'
import { keepRankingFormula, listRankingFormulas } from '../operations/keep-ranking-formula.ts'

export function mountRankings(app: FastifyInstance, { kysely }: Database<DB>): void {
  mount(app, routes.getComparisons, ({ query, now }) => getComparisons(kysely, query, now))
  mount(app, routes.getRanking, ({ query, now }) => getRanking(kysely, query, now))
  mount(app, routes.listRankingFormulas, ({ params }) => listRankingFormulas(kysely, params.of))
  mount(app, routes.putRankingFormula, (context) =>
    keepRankingFormula(kysely, context.params.of, context.body, toNamedAct(context)),
  )
}
