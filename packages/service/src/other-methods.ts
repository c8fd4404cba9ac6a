import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { languageOf, sendProblem, toProblem } from './problem.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Answers 405 with Allow where an address exists and the method does not; fastify alone would say 404. */
export function refuseOtherMethods(app: FastifyInstance): void {
  const taken = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = taken.get(url) ?? new Set()
    for (const name of [method].flat()) methods.add(name)
    taken.set(url, methods)
  })
  // A plugin is loaded when the app starts, after every route has been mounted.
  app.register(async (scope) => {
    for (const [url, methods] of [...taken]) {
      const others = METHODS.filter((method) => !methods.has(method))
      const allow = [...methods].join(', ')
      if (others.length === 0 || url.includes('*')) continue
      const refuse = async (request: FastifyRequest, reply: FastifyReply) => {
        const problem = toProblem('method-not-allowed', languageOf(request), { instance: request.id })
        return sendProblem(reply.header('allow', allow), problem)
      }
      // Before the body is read: what is wrong with it does not matter here.
      scope.route({ method: others, url, onRequest: refuse, handler: refuse })
    }
  })
}
