import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import {
  getForecast,
  getForecastBacktest,
  getProjectForecast,
  listProjectForecasts,
} from '../operations/get-forecast.ts'
import { listLateness } from '../operations/list-lateness.ts'

export function mountForecasts(app: FastifyInstance, { kysely: db }: Database<DB>): void {
  mount(app, routes.getForecast, ({ query, reach, now }) => getForecast(db, query.period, reach, now))
  mount(app, routes.listProjectForecasts, ({ query, reach, now }) => listProjectForecasts(db, query, reach, now))
  mount(app, routes.getProjectForecast, ({ params, query, now }) =>
    getProjectForecast(db, params.id, query.period, now),
  )
  mount(app, routes.getForecastBacktest, ({ query, now }) => getForecastBacktest(db, query.period, now))
  mount(app, routes.listLatenessForecasts, ({ query, reach, now }) => listLateness(db, query, reach, now))
}
