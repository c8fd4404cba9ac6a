import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import {
  CalendarDate,
  Closed,
  CreditCode,
  Formed,
  Line,
  Nullable,
  PageOf,
  pageQuery,
  RegionCode,
  Uuid,
} from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { Version } from '../version.ts'
import { UnitKind } from '../vocabulary.ts'

const everyone = [...READER_ROLES, 'service'] as const
const Params = Closed({ id: Uuid })
const PeerGroup = Line(30, '比较组: ranked among each other, such as 城区组, 县(市)组, 部门组')
const ParentId = Type.Union([Uuid, Type.Null()], { description: '上级单位; null at the top' })

const entered = {
  name: Line(100, '单位名称; unique within its region'),
  kind: UnitKind,
  regionCode: RegionCode,
  creditCode: Nullable(CreditCode),
  peerGroup: Nullable(PeerGroup),
  address: Nullable(Line(200, '地址')),
  telephone: Nullable(
    Formed(
      '^[0-9+][0-9 -]{4,30}$',
      { zh: '应为电话号码，如 0391-3569000', en: 'must be a telephone number, as 0391-3569000' },
      { description: '电话' },
    ),
  ),
}

/** 单位: a government unit; `isSimulated` marks 演示数据. */
export const Unit = Closed({
  id: Uuid,
  ...entered,
  regionName: Line(50, '所属区划名称, as in the registry of regions'),
  parentId: ParentId,
  parentSince: Type.String({ format: 'date', description: 'Since when it stands under its parent, Asia/Shanghai' }),
  isSimulated: Type.Boolean(),
  version: Type.Integer({ description: 'Counts changes; send it back as If-Match' }),
})
export type Unit = Static<typeof Unit>

const { name, regionCode, ...optional } = entered

/** What registering a unit takes; it is a 责任单位 unless said otherwise. */
export const NewUnit = Closed({
  name,
  regionCode,
  regionName: Type.Optional(Line(50, 'Need not be sent; when it is, it must be the name in the registry of regions')),
  parentId: Type.Optional(ParentId),
  ...Type.Partial(Type.Object(optional)).properties,
})
export type NewUnit = Static<typeof NewUnit>

/** Any fields of a unit that change, and why; the parent is changed by a move. */
export const UnitPatch = Type.Partial(Type.Object({ ...entered, reason: Line(500, 'Why it changes') }), {
  additionalProperties: false,
  minProperties: 1,
})
export type UnitPatch = Static<typeof UnitPatch>

export const listUnits = defineRoute({
  operationId: 'listUnits',
  method: 'GET',
  url: '/api/v1/units',
  service: 'projects',
  summary: 'Units, by name; the tree as it is or as it stood on a day',
  permission: { roles: everyone, scope: 'none' },
  errors: [],
  schema: {
    querystring: Closed({
      ...pageQuery,
      q: Type.Optional(Line(50, 'Any part of the name')),
      regionCode: Type.Optional(RegionCode),
      kind: Type.Optional(UnitKind),
      peerGroup: Type.Optional(PeerGroup),
      parentId: Type.Optional(Uuid),
      asOf: Type.Optional(CalendarDate),
    }),
    response: { 200: PageOf(Unit) },
  },
})

export const listPeerGroups = defineRoute({
  operationId: 'listPeerGroups',
  method: 'GET',
  url: '/api/v1/peer-groups',
  service: 'projects',
  summary: 'The peer groups that units are ranked in, by name',
  permission: { roles: everyone, scope: 'none' },
  errors: [],
  schema: {
    response: {
      200: Closed({ items: Type.Array(Closed({ name: PeerGroup, unitCount: Type.Integer({ minimum: 1 }) })) }),
    },
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
  schema: { body: NewUnit, response: { 201: Unit } },
})

export const getUnit = defineRoute({
  operationId: 'getUnit',
  method: 'GET',
  url: '/api/v1/units/:id',
  service: 'projects',
  summary: 'One unit',
  permission: { roles: everyone, scope: 'none' },
  errors: ['not-found'],
  schema: { params: Params, response: { 200: Unit } },
})

export const updateUnit = defineRoute({
  operationId: 'updateUnit',
  method: 'PATCH',
  url: '/api/v1/units/:id',
  service: 'projects',
  summary: 'Change fields of a unit (If-Match: its version)',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: ['not-found', 'already-exists', 'unknown-reference', 'version-mismatch'],
  schema: { params: Params, body: UnitPatch, response: { 200: Unit } },
})

export const moveUnit = defineRoute({
  operationId: 'moveUnit',
  method: 'POST',
  url: '/api/v1/units/:id/moves',
  service: 'projects',
  summary: 'Move a unit under another parent, with all that stands below it (If-Match: its version)',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: ['not-found', 'unknown-reference', 'version-mismatch'],
  schema: {
    params: Params,
    body: Closed({ parentId: ParentId, movedOn: CalendarDate, reason: Line(500, '隶属关系变更的依据') }),
    response: { 201: Unit },
  },
})

export const listUnitVersions = defineRoute({
  operationId: 'listUnitVersions',
  method: 'GET',
  url: '/api/v1/units/:id/versions',
  service: 'projects',
  summary: 'Every version of a unit, newest first: who changed what, when and why',
  permission: { roles: everyone, scope: 'none' },
  errors: ['not-found'],
  schema: { params: Params, querystring: Closed(pageQuery), response: { 200: PageOf(Version) } },
})
