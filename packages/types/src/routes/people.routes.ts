import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { CalendarDate, Closed, Formed, Line, Nullable, PageOf, pageQuery, RegionCode, Uuid } from '../primitives.ts'
import { PERSON_ROLES, PersonRole } from '../roles.ts'
import { Version } from '../version.ts'

const Params = Closed({ id: Uuid })

const personFields = {
  name: Line(50, '姓名'),
  unitId: Uuid,
  role: PersonRole,
  email: Nullable(Type.String({ format: 'email', maxLength: 200, description: '电子邮箱' })),
  mobile: Nullable(
    Formed(
      '^1[0-9]{10}$',
      { zh: '应为 11 位手机号', en: 'must be a mobile number of 11 digits' },
      { description: '手机号' },
    ),
  ),
}

/** A person with the main role and its unit, which is what the person signs in as. */
export const Person = Closed({
  id: Uuid,
  ...personFields,
  leftOn: Type.Union([CalendarDate, Type.Null()], { description: '离任日期; null while in office' }),
  regionCode: RegionCode,
  isSimulated: Type.Boolean(),
  version: Type.Integer({ description: 'Counts changes; send it back as If-Match' }),
})
export type Person = Static<typeof Person>

/** A person as lists show one: with the name of the unit, and addresses only where the caller may see them. */
export const ListedPerson = Closed({ ...Person.properties, unitName: Line(100, '单位名称') })
export type ListedPerson = Static<typeof ListedPerson>

/** What registering a person takes. */
export const NewPerson = Closed({ ...personFields, mobile: Type.Optional(personFields.mobile) })
export type NewPerson = Static<typeof NewPerson>

/** Any fields of a person that change, and why. */
export const PersonPatch = Type.Partial(
  Type.Object({ ...personFields, leftOn: Person.properties.leftOn, reason: Line(500, 'Why it changes') }),
  { additionalProperties: false, minProperties: 1 },
)
export type PersonPatch = Static<typeof PersonPatch>

export const listPeople = defineRoute({
  operationId: 'listPeople',
  method: 'GET',
  url: '/api/v1/people',
  service: 'projects',
  summary: 'People in office, by name; filers and heads are shown addresses of their own unit alone',
  permission: { roles: [...PERSON_ROLES, 'service'], scope: 'none' },
  errors: [],
  schema: {
    querystring: Closed({
      ...pageQuery,
      q: Type.Optional(Line(50, 'Any part of the name')),
      unitId: Type.Optional(Uuid),
      role: Type.Optional(PersonRole),
      withLeft: Type.Optional(Type.Boolean({ description: 'Those who left (离任) too' })),
    }),
    response: { 200: PageOf(ListedPerson) },
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
  schema: { body: NewPerson, response: { 201: Person } },
})

export const getPerson = defineRoute({
  operationId: 'getPerson',
  method: 'GET',
  url: '/api/v1/people/:id',
  service: 'projects',
  summary: 'One person',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: ['not-found'],
  schema: { params: Params, response: { 200: Person } },
})

export const updatePerson = defineRoute({
  operationId: 'updatePerson',
  method: 'PATCH',
  url: '/api/v1/people/:id',
  service: 'projects',
  summary: 'Change a person, the main role or its unit, or note that the person left (If-Match: the version)',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: ['not-found', 'unknown-reference', 'version-mismatch'],
  schema: { params: Params, body: PersonPatch, response: { 200: Person } },
})

export const listPersonVersions = defineRoute({
  operationId: 'listPersonVersions',
  method: 'GET',
  url: '/api/v1/people/:id/versions',
  service: 'projects',
  summary: 'Every version of a person and of the appointments, newest first',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: ['not-found'],
  schema: { params: Params, querystring: Closed(pageQuery), response: { 200: PageOf(Version) } },
})
