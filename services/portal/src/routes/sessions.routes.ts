import rateLimit from '@fastify/rate-limit'
import type { Database } from '@tiaodu/database'
import { mount } from '@tiaodu/service'
import { ProblemError, routes } from '@tiaodu/types'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import type { DB } from '../generated/tables.ts'
import { type FindPerson, SESSION_SECONDS, signIn } from '../operations/sign-in.ts'
import { signOut } from '../operations/sign-out.ts'

export const SESSION_COOKIE = 'tiaodu_session'
const ATTEMPTS_PER_MINUTE = 10

const cookieOptions = (request: FastifyRequest) =>
  ({ httpOnly: true, sameSite: 'strict', path: '/', secure: request.protocol === 'https' }) as const

function keepToken(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(SESSION_COOKIE, token, { ...cookieOptions(request), maxAge: SESSION_SECONDS })
}

// Counted per address and user name, so that guessing stops and an office behind one address does not.
async function limitAttempts(scope: FastifyInstance): Promise<void> {
  await scope.register(rateLimit, { global: false })
  scope.addHook(
    'preHandler',
    scope.rateLimit({
      max: ATTEMPTS_PER_MINUTE,
      timeWindow: '1 minute',
      keyGenerator: ({ ip, body }) => `${ip} ${(body as { username: string }).username}`,
      errorResponseBuilder: () => new ProblemError('too-many-requests'),
    }),
  )
}

export function mountSessions(app: FastifyInstance, { kysely }: Database<DB>, findPerson: FindPerson): void {
  const { tokens } = app.parts
  app.register(async (scope) => {
    await limitAttempts(scope)
    // A session lives by the machine's clock, as its token does, also where time is simulated.
    mount(scope, routes.createSession, async ({ body, request, reply }) => {
      const session = await signIn(kysely, { findPerson, tokens }, uuidv7(), body, new Date())
      keepToken(request, reply, session.token)
      return session
    })
  })
  mount(app, routes.getCurrentSession, async ({ actor }) => ({ actor }))
  mount(app, routes.endSession, async ({ request, reply }) => {
    reply.clearCookie(SESSION_COOKIE, cookieOptions(request))
    return signOut(kysely, request.sessionId, new Date())
  })
}
