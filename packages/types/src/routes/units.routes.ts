import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Line, Nullable, PageOf, pageQuery, RegionCode, Uuid } from '../primitives.ts'
import { PERSON_ROLES, PersonRole } from '../roles.ts'

const unitFields = {
  name: Line(100, '单位名称'),
  regionCode: RegionCode,
  regionName: Line(50),
  parentId: Nullable(Uuid),
}

/** 单位: a government unit; `isSimulated` marks 演示数据. */
export const Unit = Closed({ id: Uuid, ...unitFields, isSimulated: Type.Boolean(), version: Type.Integer() })
export type Unit = Static<typeof Unit>

const personFields = {
  name: Line(50, '姓名'),
  unitId: Uuid,
  role: PersonRole,
  email: Nullable(Type.String({ format: 'email', maxLength: 200 })),
}

/** A person in a unit, with the one role the person has there. */
export const Person = Closed({
  id: Uuid,
  ...personFields,
  regionCode: RegionCode,
  isSimulated: Type.Boolean(),
  version: Type.Integer(),
})
export type Person = Static<typeof Person>

export const listUnits = defineRoute({
  operationId: 'listUnits',
  method: 'GET',
  url: '/api/v1/units',
  service: 'projects',
  summary: 'Units, by name',
  permission: { roles: [...PERSON_ROLES, 'service'], scope: 'none' },
  errors: [],
  schema: {
    querystring: Closed({ ...pageQuery, regionCode: Type.Optional(RegionCode) }),
    response: { 200: PageOf(Unit) },
  },
})

export const createUnit = defineRoute({
  operationId: 'createUnit',
  method: 'POST',
  url: '/api/v1/units',
  service: 'projects',
  summary: 'Register a unit',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: ['already-exists', 'unknown-reference'],
  schema: {
    body: Closed({ ...unitFields, parentId: Type.Optional(Nullable(Uuid)) }),
    response: { 201: Unit },
  },
})

export const createPerson = defineRoute({
  operationId: 'createPerson',
  method: 'POST',
  url: '/api/v1/people',
  service: 'projects',
  summary: 'Register a person in a unit',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: ['unknown-reference'],
  schema: { body: Closed(personFields), response: { 201: Person } },
})

export const getPerson = defineRoute({
  operationId: 'getPerson',
  method: 'GET',
  url: '/api/v1/people/:id',
  service: 'projects',
  summary: 'One person',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: ['not-found'],
  schema: { params: Closed({ id: Uuid }), response: { 200: Person } },
})
