import { Readable } from 'node:stream'
import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { toNamedAct } from '../operations/act.ts'
import { addErratum } from '../operations/add-erratum.ts'
import { getBulletinDraft, putBulletinDraft, renderDraft } from '../operations/bulletin-draft.ts'
import { getBulletin, listBulletinPage, renderBulletin, requireBulletin } from '../operations/get-bulletin.ts'
import { keepGradeRule, listGradeRules } from '../operations/keep-grade-rule.ts'
import { publishBulletin } from '../operations/publish-bulletin.ts'
import { verifyBulletin } from '../operations/verify-bulletin.ts'

const FILES = {
  html: { type: 'text/html', ending: 'html' },
  markdown: { type: 'text/markdown', ending: 'md' },
  json: { type: 'application/json', ending: 'json' },
} as const

const toFile = (text: string, format: keyof typeof FILES, name: string) => ({
  stream: Readable.from([Buffer.from(text)]),
  type: FILES[format].type,
  fileName: `${name}.${FILES[format].ending}`,
})

export function mountBulletins(app: FastifyInstance, { kysely: db }: Database<DB>): void {
  mount(app, routes.listBulletins, ({ query }) => listBulletinPage(db, query))
  mount(app, routes.getBulletinDraft, ({ params, now }) => getBulletinDraft(db, params.period, now))
  mount(app, routes.putBulletinDraft, (context) =>
    putBulletinDraft(db, context.params.period, context.body, toNamedAct(context)),
  )
  mount(app, routes.getBulletinDraftDocument, async ({ params: { period }, query: { format }, now }) =>
    toFile(await renderDraft(db, period, format, now), format, `月通报草稿-${period}`),
  )
  mount(app, routes.publishBulletin, async (context) => {
    const { bulletin, isNew } = await publishBulletin(db, context.params.period, toNamedAct(context))
    if (isNew) context.reply.code(201)
    return bulletin
  })
  mount(app, routes.getBulletin, ({ params }) => getBulletin(db, params.period))
  mount(app, routes.getBulletinDocument, async ({ params: { period }, query: { format } }) =>
    toFile(renderBulletin(await requireBulletin(db, period), format), format, `月通报-${period}`),
  )
  mount(app, routes.verifyBulletin, ({ params }) => verifyBulletin(db, params.period))
  mount(app, routes.addErratum, (context) => addErratum(db, context.params.period, context.body, toNamedAct(context)))
  mount(app, routes.listGradeRules, () => listGradeRules(db))
  mount(app, routes.putGradeRule, (context) => keepGradeRule(db, context.body, toNamedAct(context)))
}
