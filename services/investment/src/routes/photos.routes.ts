import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { addPhoto, getPhoto, listReportPhotos, removePhoto } from '../operations/keep-photos.ts'
import { toReportAct } from '../operations/report-act.ts'

export function mountPhotos(app: FastifyInstance, { kysely }: Database<DB>): void {
  const toAct = toReportAct(app.parts.clock)
  mount(app, routes.listReportPhotos, ({ params, query, now }) => listReportPhotos(kysely, params, query.revision, now))
  mount(app, routes.addReportPhoto, (context) =>
    addPhoto(kysely, context.params, context.query, context.body as Uint8Array, toAct(context)),
  )
  mount(app, routes.getReportPhoto, ({ params }) => getPhoto(kysely, params, params.photoId))
  mount(app, routes.removeReportPhoto, (context) =>
    removePhoto(kysely, context.params, context.params.photoId, toAct(context)),
  )
}
