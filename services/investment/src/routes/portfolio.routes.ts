import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { getSummary } from '../operations/get-summary.ts'
import { getBulletin, publishBulletin } from '../operations/publish-bulletin.ts'

export function mountPortfolio(app: FastifyInstance, database: Database<DB>): void {
  const { kysely } = database
  mount(app, routes.getSummary, ({ query, reach, now }) => getSummary(database, query, reach, now))
  mount(app, routes.publishBulletin, async ({ params, now, reply }) => {
    const { bulletin, isNew } = await publishBulletin(kysely, params.period, now)
    if (isNew) reply.code(201)
    return bulletin
  })
  mount(app, routes.getBulletin, ({ params }) => getBulletin(kysely, params.period))
}
