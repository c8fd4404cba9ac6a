import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { keepPreference, listPreferences } from '../operations/keep-preferences.ts'
import { listInboxPage, readInboxItem } from '../operations/read-inbox.ts'

export function mountNotifications(app: FastifyInstance, { kysely }: Database<DB>): void {
  mount(app, routes.listInbox, ({ actor, query }) => listInboxPage(kysely, actor, query))
  mount(app, routes.readInboxItem, ({ actor, params, now }) => readInboxItem(kysely, actor, params.id, now))
  mount(app, routes.listPreferences, ({ actor, language }) => listPreferences(kysely, actor, language))
  mount(app, routes.putPreference, ({ actor, params, body, language, now }) =>
    keepPreference(kysely, { actor, kind: params.kind, language, now }, body),
  )
}
