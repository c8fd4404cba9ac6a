import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { routes } from '@tiaodu/types'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { DB } from '../generated/tables.ts'
import { toAssessAct } from '../operations/assess.ts'
import { getQuarterComments, publishQuarterComments, putQuarterComment } from '../operations/assess-quarter.ts'
import {
  getSiteReview,
  keepSiteReviewRule,
  listSiteReviewRules,
  publishSiteReview,
  putSiteMark,
} from '../operations/assess-sites.ts'
import {
  getAssessment,
  keepAssessmentFormula,
  listAssessmentFormulas,
  publishAssessment,
  putAssessmentMark,
} from '../operations/assess-year.ts'
import { listAssessmentEntries } from '../operations/keep-entry.ts'

// 201 for what is published now, 200 for what was out already.
async function told<Answer>(reply: FastifyReply, published: Promise<{ answer: Answer; isNew: boolean }>) {
  const { answer, isNew } = await published
  if (isNew) reply.code(201)
  return answer
}

export function mountAssessments(app: FastifyInstance, { kysely: db }: Database<DB>): void {
  const { isSimulated } = app.parts.clock
  const actOf = (context: Parameters<typeof toAssessAct>[0]) => toAssessAct(context, isSimulated)
  mount(app, routes.getQuarterComments, ({ params, now }) => getQuarterComments(db, params.quarter, now))
  mount(app, routes.putQuarterComment, (asked) => putQuarterComment(db, asked.params, asked.body.text, actOf(asked)))
  mount(app, routes.publishQuarterComments, (asked) =>
    told(asked.reply, publishQuarterComments(db, asked.params.quarter, actOf(asked))),
  )
  mount(app, routes.getSiteReview, ({ params, now }) => getSiteReview(db, params.half, now))
  mount(app, routes.putSiteMark, (asked) => putSiteMark(db, asked.params, asked.body, actOf(asked)))
  mount(app, routes.publishSiteReview, (asked) =>
    told(asked.reply, publishSiteReview(db, asked.params.half, actOf(asked))),
  )
  mount(app, routes.listSiteReviewRules, () => listSiteReviewRules(db))
  mount(app, routes.putSiteReviewRule, (asked) => keepSiteReviewRule(db, asked.body, actOf(asked)))
  mount(app, routes.getAssessment, ({ params, now }) => getAssessment(db, params.year, now))
  mount(app, routes.putAssessmentMark, (asked) => putAssessmentMark(db, asked.params, asked.body, actOf(asked)))
  mount(app, routes.publishAssessment, (asked) =>
    told(asked.reply, publishAssessment(db, asked.params.year, actOf(asked))),
  )
  mount(app, routes.listAssessmentFormulas, () => listAssessmentFormulas(db))
  mount(app, routes.putAssessmentFormula, (asked) => keepAssessmentFormula(db, asked.body, actOf(asked)))
  mount(app, routes.listAssessmentEntries, ({ params }) => listAssessmentEntries(db, params.term))
}
