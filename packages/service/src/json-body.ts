import { isUtf8 } from 'node:buffer'
import { ProblemError } from '@tiaodu/types'
import type { FastifyInstance } from 'fastify'

/** JSON bodies only, valid UTF-8 only, no prototype keys; an absent body is undefined. */
export function acceptJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (body.length === 0) return done(null, undefined)
    if (!isUtf8(body))
      return done(new ProblemError('malformed-request', { zh: '请求内容不是 UTF-8', en: 'The body is not UTF-8' }))
    parse(request, body.toString('utf8'), done)
  })
}
