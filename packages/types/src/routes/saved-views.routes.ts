import Type, { type Static, type TSchema } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Line, Uuid } from '../primitives.ts'
import { type ProjectFilters, projectFilters } from '../project-filters.ts'
import { PERSON_ROLES } from '../roles.ts'

const texts = Object.fromEntries(
  Object.keys(projectFilters.properties).map((name) => [name, Type.Optional(Type.String({ maxLength: 300 }))]),
)

/** Filters as they stand in an address: each is text, and what the list of projects takes. */
const FilterTexts = Type.Unsafe<{ [K in keyof ProjectFilters]?: string }>(
  Type.Object(texts as Record<string, TSchema>, {
    additionalProperties: false,
    minProperties: 1,
    description: 'Filters of listProjects as they stand in its address',
  }),
)

/** How many views a person may keep, and how many may be shared. */
export const MAX_SAVED_VIEWS = 50

const viewFields = { name: Line(50, '视图名称, unique among those of a person'), filters: FilterTexts }

/** 常用视图: filters of the project list under a name. */
export const SavedView = Closed({
  id: Uuid,
  ...viewFields,
  isShared: Type.Boolean({ description: 'Kept by the operators for everybody' }),
  version: Type.Integer({ description: 'Counts changes; send it back as If-Match' }),
})
export type SavedView = Static<typeof SavedView>

const Params = Closed({ id: Uuid })

export const listSavedViews = defineRoute({
  operationId: 'listSavedViews',
  method: 'GET',
  url: '/api/v1/saved-views',
  service: 'projects',
  summary: 'The views that are shared and the caller’s own, by name',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: [],
  schema: { response: { 200: Closed({ items: Type.Array(SavedView) }) } },
})

export const createSavedView = defineRoute({
  operationId: 'createSavedView',
  method: 'POST',
  url: '/api/v1/saved-views',
  service: 'projects',
  summary: 'Keep the filters of the project list under a name; at most 50, and operators may share them',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: ['already-exists', 'limit-reached'],
  schema: {
    body: Closed({ ...viewFields, isShared: Type.Optional(SavedView.properties.isShared) }),
    response: { 201: SavedView },
  },
})

export const updateSavedView = defineRoute({
  operationId: 'updateSavedView',
  method: 'PATCH',
  url: '/api/v1/saved-views/:id',
  service: 'projects',
  summary: 'Rename a view or keep other filters under it (If-Match: its version)',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: ['not-found', 'already-exists', 'version-mismatch'],
  schema: {
    params: Params,
    body: Type.Partial(Type.Object(viewFields), { additionalProperties: false, minProperties: 1 }),
    response: { 200: SavedView },
  },
})

export const deleteSavedView = defineRoute({
  operationId: 'deleteSavedView',
  method: 'DELETE',
  url: '/api/v1/saved-views/:id',
  service: 'projects',
  summary: 'Forget a view',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: ['not-found'],
  schema: { params: Params, response: { 204: Type.Null() } },
})
