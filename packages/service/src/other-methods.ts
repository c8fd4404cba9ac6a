import type { FastifyInstance } from 'fastify'
import { languageOf, sendProblem, toProblem } from './problem.ts'

const toPattern = (url: string) =>
  new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`)

/** Answers 405 with Allow where an address exists and the method does not; fastify alone would say 404. */
export function refuseOtherMethods(app: FastifyInstance): void {
  const taken = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return
    const methods = taken.get(url) ?? new Set()
    for (const name of [method].flat()) methods.add(name)
    taken.set(url, methods)
  })
  const find = (path: string) => [...taken].find(([url]) => toPattern(url).test(path))?.[1]
  // Before the body is read: what is wrong with it does not matter here.
  app.addHook('onRequest', (request, reply, done) => {
    const end = request.url.indexOf('?')
    const path = end < 0 ? request.url : request.url.slice(0, end)
    // What a fixed address does not take, a neighbour with a parameter in its place would: /projects/:id for /projects/imports.
    const methods = taken.get(path) ?? (request.is404 ? find(path) : undefined)
    if (methods === undefined || methods.has(request.method)) return done()
    const problem = toProblem('method-not-allowed', languageOf(request), { instance: request.id })
    sendProblem(reply.header('allow', [...methods].join(', ')), problem)
  })
}
