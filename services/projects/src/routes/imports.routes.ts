import type { Database } from '@tiaodu/database'
import { mount, requireIdempotencyKey } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import type { DB } from '../generated/tables.ts'
import { getImport, handInImport } from '../operations/hand-in-import.ts'
import { listImportPage } from '../operations/list-imports.ts'
import { makeTemplate } from '../operations/make-template.ts'

const mediaTypeOf = (header: string | undefined) => (header ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

export function mountImports(app: FastifyInstance, { kysely }: Database<DB>): void {
  mount(app, routes.createImport, ({ body, query, actor, now, language, request }) => {
    const file = {
      id: uuidv7(),
      content: body as Uint8Array,
      fileType: mediaTypeOf(request.headers['content-type']),
      fileName: query.fileName ?? 'API',
      isDryRun: query.dryRun ?? false,
      idempotencyKey: requireIdempotencyKey(request),
    }
    return handInImport(kysely, file, { now, language, actorId: actor.personId, actorName: actor.name })
  })
  mount(app, routes.getProjectTemplate, makeTemplate)
  mount(app, routes.listImports, ({ query, language }) => listImportPage(kysely, query, language))
  mount(app, routes.getImport, ({ params, language }) => getImport(kysely, params.id, language))
}
