import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Formed, Instant, Line, Nullable, RegionCode, Uuid } from '../primitives.ts'
import { PERSON_ROLES, PersonRole, READER_ROLES, Role } from '../roles.ts'

/** Who is calling: what a signed token says, and what every permission is judged by. */
export const Actor = Closed({
  personId: Nullable(Uuid),
  name: Line(100),
  role: Role,
  unitId: Nullable(Uuid),
  regionCode: RegionCode,
})
export type Actor = Static<typeof Actor>

export const Session = Closed({
  token: Type.String({ description: 'Send as "Authorization: Bearer …"; browsers get it as a cookie too' }),
  expiresAt: Instant,
  actor: Actor,
})
export type Session = Static<typeof Session>

export const createSession = defineRoute({
  operationId: 'createSession',
  method: 'POST',
  url: '/api/v1/sessions',
  service: 'portal',
  summary: 'Sign in with user name and password',
  permission: 'public',
  errors: ['wrong-credentials', 'too-many-requests', 'unavailable'],
  schema: {
    body: Closed({ username: Line(64), password: Type.String({ minLength: 1, maxLength: 200 }) }),
    response: { 201: Session },
  },
})

export const getCurrentSession = defineRoute({
  operationId: 'getCurrentSession',
  method: 'GET',
  url: '/api/v1/sessions/current',
  service: 'portal',
  summary: 'Who is signed in, or which system a token speaks for',
  permission: { roles: READER_ROLES, scope: 'none' },
  errors: [],
  schema: { response: { 200: Closed({ actor: Actor }) } },
})

export const endSession = defineRoute({
  operationId: 'endSession',
  method: 'DELETE',
  url: '/api/v1/sessions/current',
  service: 'portal',
  summary: 'Sign out; the token is worth nothing afterwards',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: [],
  schema: { response: { 204: Type.Null() } },
})

export const createAccount = defineRoute({
  operationId: 'createAccount',
  method: 'POST',
  url: '/api/v1/accounts',
  service: 'portal',
  summary: 'Give a person a user name and password',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: ['already-exists', 'unknown-reference', 'unavailable'],
  schema: {
    body: Closed({
      personId: Uuid,
      username: Formed('^[a-z0-9][a-z0-9._-]{1,62}$', {
        zh: '应为 2 至 63 个小写字母、数字或 . _ -，以字母或数字开头',
        en: 'must be 2 to 63 small letters, digits or . _ -, beginning with a letter or digit',
      }),
      password: Type.String({ minLength: 10, maxLength: 200 }),
    }),
    response: { 201: Closed({ personId: Uuid, username: Type.String(), role: PersonRole }) },
  },
})
