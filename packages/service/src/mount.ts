import type { Readable } from 'node:stream'
import {
  type Actor,
  type BodyOf,
  type Language,
  type ParamsOf,
  type QueryOf,
  type ResponseOf,
  type RouteContract,
  refuse,
} from '@tiaodu/types'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { authenticate, enforceScope } from './authorize.ts'
import { languageOf } from './problem.ts'
import type { Reach } from './reach.ts'

/** JSON text that PostgreSQL made; it is sent as it is. */
export interface JsonText {
  readonly json: string
}

/** A file that a route answers with, as it is made. */
export interface Download {
  readonly stream: Readable
  readonly type: string
  readonly fileName: string
  /** Shown in a page rather than saved; what is at this address never changes. */
  readonly isShown?: boolean
}

/** What a handler is given: validated parts, who calls, how far they reach, and the present. */
export interface RouteContext<C extends RouteContract> {
  readonly params: ParamsOf<C>
  readonly query: QueryOf<C>
  readonly body: BodyOf<C>
  readonly actor: Actor
  readonly reach: Reach
  readonly now: Date
  /** What the caller reads. */
  readonly language: Language
  /** The version in If-Match, undefined when the header is absent. */
  readonly expectedVersion: number | undefined
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export type Handler<C extends RouteContract> = (
  context: RouteContext<C>,
) => Promise<ResponseOf<C> | JsonText | Download>

const isJsonText = (value: unknown): value is JsonText =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as JsonText).json === 'string' &&
  Object.keys(value).length === 1

const SHOWN = 'private, max-age=3600, immutable'

// Nobody on the way keeps a file, and a browser does not guess what is in it.
const sendFile = (reply: FastifyReply, { stream, type, fileName, isShown = false }: Download) =>
  reply
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', isShown ? SHOWN : 'private, no-cache')
    .header(
      'content-disposition',
      `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    )
    .type(/^text\/|json$/.test(type) ? `${type}; charset=utf-8` : type)
    .send(stream)

function expectedVersion(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match']
  if (header === undefined) return undefined
  const version = /^"?(\d{1,9})"?$/.exec(header)?.[1]
  if (version === undefined)
    throw refuse('validation-failed', 'If-Match', { zh: '请以 "N" 的形式给出版本', en: 'Send the version as "N"' })
  return Number(version)
}

/** A route of its own scope, since only it may be sent a file. */
function addFileRoute(app: FastifyInstance, file: NonNullable<RouteContract['file']>, options: RouteOptions): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      [...file.types],
      { parseAs: 'buffer', bodyLimit: file.maxBytes },
      (_request, body, done) => done(null, body),
    )
    scope.route({ ...options, bodyLimit: file.maxBytes })
  })
}

/** Mounts a contract with its handler; sign-in, role, scope and validation are enforced here and nowhere else. */
export function mount<C extends RouteContract>(app: FastifyInstance, contract: C, handler: Handler<C>): void {
  const { tokens, findPlace, clock } = app.parts
  const { permission } = contract
  if (permission !== 'public' && permission.scope === 'project' && findPlace === undefined) {
    throw new Error(`${contract.operationId} has the scope "project", but the app was given no findPlace`)
  }
  const successStatus = Number(Object.keys(contract.schema.response)[0])
  const options: RouteOptions = {
    method: contract.method,
    url: contract.url,
    schema: { ...contract.schema, response: {} },
    onRequest: (request) => authenticate(request, permission, tokens),
    preHandler: async (request) => {
      if (findPlace !== undefined) await enforceScope(request, permission, findPlace)
    },
    handler: async (request, reply) => {
      const result = await handler({
        params: request.params as ParamsOf<C>,
        query: request.query as QueryOf<C>,
        // A file of no bytes arrives as no body at all.
        body: (contract.file === undefined ? request.body : (request.body ?? new Uint8Array())) as BodyOf<C>,
        // Public routes have neither; their handlers do not read them.
        actor: request.actor as Actor,
        reach: request.reach as Reach,
        now: clock.now(),
        language: languageOf(request),
        expectedVersion: expectedVersion(request),
        request,
        reply,
      })
      if (reply.sent) return reply
      if (contract.download !== undefined) return sendFile(reply, result as Download)
      if (reply.statusCode === 200) reply.code(successStatus)
      if (successStatus === 204) return reply.send()
      reply.type('application/json; charset=utf-8')
      return reply.send(isJsonText(result) ? result.json : JSON.stringify(result))
    },
  }
  if (contract.file === undefined) app.route(options)
  else addFileRoute(app, contract.file, options)
}
