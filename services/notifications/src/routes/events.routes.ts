import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { readEvents } from '../operations/read-events.ts'

export function mountEvents(app: FastifyInstance, { kysely }: Database<DB>): void {
  mount(app, routes.listEvents, ({ query, reach }) => readEvents(kysely, query, reach))
}
