import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import {
  CalendarDate,
  Closed,
  Instant,
  Line,
  Nullable,
  OneOf,
  PageOf,
  pageQuery,
  RegionCode,
  Uuid,
} from '../primitives.ts'

/** What a token may do: read what its region holds, or keep the facts and steps of its projects up to date too. */
export const TOKEN_ACCESS = ['read', 'keep'] as const
export const TokenAccess = OneOf(TOKEN_ACCESS, '权限: read 只读, keep 读取并维护项目')
export type TokenAccess = Static<typeof TokenAccess>

/** How many days after the one it is made on a token works: when nobody says until when, and at most. */
export const TOKEN_DAYS = { whenAbsent: 180, most: 366 } as const

/** What every secret begins with, so that one that got out is known for what it is. */
export const TOKEN_MARK = 'tdk_'

// Shorter than a Line of an actor: its prefix goes along in what is recorded.
const name = Line(60, '对接系统: the system that uses it')

/** A lasting token of another system (接口令牌). Its secret is told once, when it is made. */
export const ApiToken = Closed({
  id: Uuid,
  name,
  regionCode: RegionCode,
  access: TokenAccess,
  prefix: Type.String({ description: 'The beginning of its secret, by which it is told from others' }),
  state: OneOf(['active', 'expired', 'revoked']),
  expiresOn: CalendarDate,
  lastUsedAt: Nullable(Instant),
  createdAt: Instant,
  createdBy: Type.String(),
  revokedAt: Nullable(Instant),
  revokedByName: Nullable(Type.String()),
})
export type ApiToken = Static<typeof ApiToken>

/** What a token called on one day at one route. */
export const ApiTokenCalls = Closed({
  calledOn: CalendarDate,
  method: Type.String(),
  route: Type.String({ description: 'The address with its parameters by name' }),
  answered: Type.Integer({ minimum: 0 }),
  refused: Type.Integer({ minimum: 0, description: 'Answered with a problem' }),
  lastAt: Instant,
})
export type ApiTokenCalls = Static<typeof ApiTokenCalls>

const operator = { roles: ['operator'], scope: 'reach' } as const
const service = 'portal'
const params = Closed({ id: Uuid })
const url = '/api/v1/api-tokens'

export const listApiTokens = defineRoute({
  operationId: 'listApiTokens',
  method: 'GET',
  url,
  service,
  summary: 'Tokens of other systems within reach, newest first',
  permission: operator,
  errors: [],
  schema: { querystring: Closed(pageQuery), response: { 200: PageOf(ApiToken) } },
})

export const createApiToken = defineRoute({
  operationId: 'createApiToken',
  method: 'POST',
  url,
  service,
  summary: 'Make a token for another system; its secret is told in this answer and never again',
  permission: operator,
  errors: ['outside-scope', 'unknown-reference', 'limit-reached', 'unavailable'],
  schema: {
    body: Closed({
      name,
      regionCode: RegionCode,
      access: Type.Optional(TokenAccess),
      expiresOn: Type.Optional(CalendarDate),
    }),
    response: {
      201: Closed({
        token: ApiToken,
        secret: Type.String({ description: 'Send as "Authorization: Bearer …"' }),
      }),
    },
  },
})

export const revokeApiToken = defineRoute({
  operationId: 'revokeApiToken',
  method: 'POST',
  url: `${url}/:id/revoke`,
  service,
  summary: 'Revoke a token: from now on it is refused; one that was revoked before stays as it is',
  permission: operator,
  errors: ['not-found'],
  schema: { params, response: { 200: ApiToken } },
})

export const listApiTokenCalls = defineRoute({
  operationId: 'listApiTokenCalls',
  method: 'GET',
  url: `${url}/:id/calls`,
  service,
  summary: 'What a token called in the last year, by day and route, newest day first; a call shows within seconds',
  permission: operator,
  errors: ['not-found'],
  schema: { params, querystring: Closed(pageQuery), response: { 200: PageOf(ApiTokenCalls) } },
})
