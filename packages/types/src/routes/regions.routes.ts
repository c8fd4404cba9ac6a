import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Line, RegionCode } from '../primitives.ts'
import { READER_ROLES } from '../roles.ts'
import { RegionOrigin } from '../vocabulary.ts'

const regionFields = {
  code: RegionCode,
  name: Line(50, '区划名称'),
  parentCode: Type.Union([RegionCode, Type.Null()], {
    description: '上级区划: province (XX0000) over city (XXXX00) over county; null at the top',
  }),
}

/** 行政区划: a region of GB/T 2260, one that an operator registered, or one that a list named. */
export const Region = Closed({
  ...regionFields,
  origin: RegionOrigin,
  version: Type.Integer({ description: 'Counts changes' }),
})
export type Region = Static<typeof Region>

const counts = { unitCount: Type.Integer({ minimum: 0, description: 'Units of this very region' }) }
const CountyNode = Closed({ ...Region.properties, ...counts })
const CityNode = Closed({ ...CountyNode.properties, children: Type.Array(CountyNode) })
const ProvinceNode = Closed({ ...CountyNode.properties, children: Type.Array(CityNode) })
/** A region with what lies below it: at most three levels, as the code has three pairs of digits. */
export type RegionNode = Static<typeof ProvinceNode>

export const listRegions = defineRoute({
  operationId: 'listRegions',
  method: 'GET',
  url: '/api/v1/regions',
  service: 'projects',
  summary: 'The registry of regions as a tree, by code',
  permission: { roles: [...READER_ROLES, 'service'], scope: 'none' },
  errors: [],
  schema: { response: { 200: Closed({ items: Type.Array(ProvinceNode) }) } },
})

export const createRegion = defineRoute({
  operationId: 'createRegion',
  method: 'POST',
  url: '/api/v1/regions',
  service: 'projects',
  summary: 'Register a region; one that only a list has named so far is taken over',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: ['already-exists', 'unknown-reference'],
  schema: {
    body: Closed({ ...regionFields, parentCode: Type.Optional(regionFields.parentCode) }),
    response: { 201: Region },
  },
})
