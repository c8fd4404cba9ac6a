import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Registry } from 'prom-client'
import type { FindPlace } from './authorize.ts'
import type { Clock } from './clock.ts'
import { addHealth, type HealthChecks } from './health.ts'
import { acceptJsonBodies } from './json-body.ts'
import type { Logger } from './logger.ts'
import { addMetrics, type GaugePart } from './metrics.ts'
import { refuseOtherMethods } from './other-methods.ts'
import { fromError, languageOf, PROBLEM_TYPE, sendProblem, toProblem } from './problem.ts'
import type { Queues } from './queues.ts'
import type { Tokens } from './tokens.ts'
import { validatorCompiler } from './validation.ts'

/** What a service's HTTP app is made of. */
export interface AppParts {
  readonly logger: Logger
  readonly tokens: Tokens
  readonly clock: Clock
  /** What must work before the service takes traffic; `/readyz` names each. */
  readonly checks?: HealthChecks
  /** What `/metrics` tells beside the process and its routes. */
  readonly gauges?: readonly GaugePart[]
  /** Adds metrics that have labels or count. */
  readonly addMetrics?: (register: Registry) => void
  /** Needed as soon as a route has the scope `project`. */
  readonly findPlace?: FindPlace
  /** The queues of the service, for its operators. */
  readonly queues?: Queues
  /** Proxies whose X-Forwarded-* headers are believed. */
  readonly trustProxy?: string[] | false
}

declare module 'fastify' {
  interface FastifyInstance {
    parts: AppParts
  }
}

type Failure = Parameters<typeof fromError>[0]

const MIB = 1024 * 1024

/** A Fastify instance with our validation, problem documents, health and metrics; routes are mounted on it. */
export function createApp(parts: AppParts): FastifyInstance {
  const app = Fastify({
    loggerInstance: parts.logger as FastifyBaseLogger,
    bodyLimit: MIB,
    requestTimeout: 30_000,
    trustProxy: parts.trustProxy ?? false,
    genReqId: () => randomUUID(),
    logController: new LogController({ disableRequestLogging: !parts.logger.isLevelEnabled('debug') }),
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => {
      sendProblem(reply, fromError(Object.assign(error, { statusCode: error.statusCode ?? 400 }), request as never))
    },
    clientErrorHandler(error, socket) {
      if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return
      const code = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request-timeout' : 'malformed-request'
      const body = JSON.stringify(toProblem(code, 'zh'))
      const status = code === 'request-timeout' ? '408 Request Timeout' : '400 Bad Request'
      socket.end(
        `HTTP/1.1 ${status}\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      )
    },
  })
  app.decorate('parts', parts)
  app.decorateRequest('actor', null)
  app.decorateRequest('reach', null)
  app.decorateRequest('sessionId', null)
  app.setValidatorCompiler(validatorCompiler as never)
  acceptJsonBodies(app)
  refuseOtherMethods(app)
  app.setErrorHandler((thrown: Failure | null | undefined, request, reply) => {
    const error = thrown ?? (new Error('Something threw nothing') as Failure)
    const problem = fromError(error, request)
    if (problem.status >= 500) request.log.error({ err: error }, problem.title)
    return sendProblem(reply, problem)
  })
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, toProblem('not-found', languageOf(request), { instance: request.id })),
  )
  addHealth(app, parts.checks ?? {})
  addMetrics(app, parts.gauges, parts.addMetrics)
  return app
}
