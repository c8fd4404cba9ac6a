import { type Actor, type Permission, ProblemError, type Role, refuse } from '@tiaodu/types'
import type { FastifyRequest } from 'fastify'
import { isWithin, type Place, type Reach, reachOf } from './reach.ts'
import type { Tokens } from './tokens.ts'

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null
    reach: Reach | null
    sessionId: string | null
  }
}

/** Finds where the project of an id stands; undefined when there is none. */
export type FindPlace = (projectId: string) => Promise<Place | undefined>

/** Before the body is read: a valid token, and a role that the route's contract allows. */
export async function authenticate(request: FastifyRequest, permission: Permission, tokens: Tokens): Promise<void> {
  if (permission === 'public') return
  const [scheme, token] = (request.headers.authorization ?? '').split(' ')
  const claims = scheme === 'Bearer' && token ? await tokens.verify(token) : undefined
  if (claims === undefined) throw new ProblemError('not-signed-in')
  request.actor = claims.actor
  request.sessionId = claims.sessionId
  request.reach = reachOf(claims.actor)
  const roles: readonly Role[] = permission.roles
  if (!roles.includes(claims.actor.role)) {
    const [allowed, own] = [roles.join(', '), claims.actor.role]
    throw new ProblemError('role-not-allowed', {
      zh: `可用的角色：${allowed}；您是 ${own}`,
      en: `Allowed: ${allowed}; you are ${own}`,
    })
  }
}

/** The project found at `place` lies within `reach`. @throws not-found outside-scope */
export function assertWithin(reach: Reach, place: Place | undefined): asserts place is Place {
  if (place === undefined) throw refuse('not-found', 'id', { zh: '没有这个项目', en: 'There is no such project' })
  if (!isWithin(reach, place))
    throw refuse('outside-scope', 'id', {
      zh: '该项目属于其他单位或区域',
      en: 'This project belongs to another unit or region',
    })
}

/** After validation: the project named by `params.id` lies within the caller's reach. */
export async function enforceScope(
  request: FastifyRequest,
  permission: Permission,
  findPlace: FindPlace,
): Promise<void> {
  if (permission === 'public' || permission.scope !== 'project' || request.reach === null) return
  assertWithin(request.reach, await findPlace((request.params as { id: string }).id))
}
