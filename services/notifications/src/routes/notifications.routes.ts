import type { Database } from '@tiaodu/database'
import { createEventStreams, mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { followInbox } from '../operations/follow-inbox.ts'
import { keepPreference, listPreferences } from '../operations/keep-preferences.ts'
import { listInboxPage, readerOf, readInboxItem } from '../operations/read-inbox.ts'
import { createInboxWatch } from '../operations/watch-inboxes.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const toLastId = ({ headers }: FastifyRequest): string | undefined => {
  const last = headers['last-event-id']
  return typeof last === 'string' && UUID.test(last) ? last : undefined
}

export function mountNotifications(app: FastifyInstance, database: Database<DB>): void {
  const { kysely } = database
  const openStream = createEventStreams(app)
  const inboxes = createInboxWatch()
  const listening = database.listen('notifications_inboxes', {
    onWord: inboxes.changed,
    onGap: inboxes.everythingMayHaveChanged,
  })
  app.addHook('onClose', () => listening.close())
  mount(app, routes.listInbox, ({ actor, query }) => listInboxPage(kysely, actor, query))
  mount(app, routes.streamInbox, async ({ actor, request, reply }): Promise<never> => {
    const reader = { personId: readerOf(actor), lastId: toLastId(request) }
    await followInbox(kysely, inboxes, reader, () => openStream(request, reply))
    return reply as never
  })
  mount(app, routes.readInboxItem, ({ actor, params, now }) => readInboxItem(kysely, actor, params.id, now))
  mount(app, routes.listPreferences, ({ actor, language }) => listPreferences(kysely, actor, language))
  mount(app, routes.putPreference, ({ actor, params, body, language, now }) =>
    keepPreference(kysely, { actor, kind: params.kind, language, now }, body),
  )
}
