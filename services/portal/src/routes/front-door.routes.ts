import replyFrom from '@fastify/reply-from'
import type { Claims } from '@tiaodu/service'
import { ProblemError, type RouteContract, routes } from '@tiaodu/types'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { LiveStreams } from '../operations/keep-streams.ts'

/** Where the services are. */
export type Upstreams = Record<Exclude<RouteContract['service'], 'portal'>, string>

const MAX_BYTES = 1024 * 1024
const ANSWER_MS = 30_000
const CONNECTIONS = 64
const MOST_STREAMS = 5_000

// Built from the contract, so that no trick in the address reaches anything else of the service.
const pathOf = (contract: RouteContract, params: Record<string, string>): string =>
  contract.url.replace(/:(\w+)/g, (_match, name: string) => encodeURIComponent(params[name] ?? ''))

const toForwarded = (request: FastifyRequest, { cookie: _cookie, ...headers }: Record<string, unknown>) => ({
  ...headers,
  'x-request-id': request.id,
})

async function requireToken({ parts }: FastifyInstance, authorization = ''): Promise<Claims> {
  const token = /^Bearer (.+)$/.exec(authorization)?.[1]
  const claims = token === undefined ? undefined : await parts.tokens.verify(token)
  if (claims === undefined) throw new ProblemError('not-signed-in')
  return claims
}

function proxy(scope: FastifyInstance, contract: RouteContract, streams: LiveStreams): void {
  scope.route({
    method: contract.method,
    url: contract.url,
    onRequest: async ({ headers }, reply) => {
      if (contract.permission !== 'public') {
        const claims = await requireToken(scope, headers.authorization)
        if (contract.isEventStream) await streams.keep(reply.raw, claims)
      }
      // The service would hang up on it half-way, and its answer would be lost.
      if (Number(headers['content-length'] ?? 0) > (contract.file?.maxBytes ?? MAX_BYTES))
        throw new ProblemError('body-too-large')
    },
    handler: (request, reply) =>
      reply.from(pathOf(contract, request.params as Record<string, string>), {
        // The caller decides whether to try again.
        retryDelay: () => null,
        rewriteRequestHeaders: (_request, headers) => toForwarded(request, headers) as typeof headers,
        onError(failed, { error }) {
          request.log.warn({ err: error, service: contract.service }, 'a service does not answer')
          failed.send(new ProblemError('unavailable'))
        },
      }),
  })
}

function mountService(
  app: FastifyInstance,
  base: string,
  contracts: readonly RouteContract[],
  { streams, connections }: { streams: LiveStreams; connections: number },
): void {
  app.register(async (scope) => {
    // Bodies pass unread: the service behind validates them.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    await scope.register(replyFrom, {
      base,
      disableRequestLogging: true,
      undici: { connections, headersTimeout: ANSWER_MS, bodyTimeout: ANSWER_MS },
    })
    for (const contract of contracts) proxy(scope, contract, streams)
  })
}

/** One proxy route per contract of the other services; whatever has no contract is not reachable. */
export function mountFrontDoor(app: FastifyInstance, upstreams: Upstreams, streams: LiveStreams): void {
  const contracts: readonly RouteContract[] = Object.values(routes)
  for (const [service, base] of Object.entries(upstreams)) {
    const own = contracts.filter((contract) => contract.service === service)
    const isStream = ({ isEventStream }: RouteContract) => isEventStream === true
    const answering = own.filter((contract) => !isStream(contract))
    mountService(app, base, answering, { streams, connections: CONNECTIONS })
    // A stream keeps its connection: apart, so that many readers leave the other routes theirs.
    mountService(app, base, own.filter(isStream), { streams, connections: MOST_STREAMS })
  }
}
