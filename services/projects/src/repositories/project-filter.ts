import type { Reach } from '@tiaodu/service'
import type { QueryOf, routes } from '@tiaodu/types'
import { type RawBuilder, sql } from 'kysely'
import { likeOf } from './like.ts'

/** What people filter a list of projects by. */
export type ProjectFilter = QueryOf<typeof routes.countProjects>

/** The values that conditions are about; '' and null stand for filters that are not in use. */
export interface FilterParams {
  reachUnitId: string | null
  regionPrefix: string
  words: string
  wordsLike: string
  regionCode: string
  stage: string
  category: string
  tier: string
  assessmentClass: string
  unitId: string
  parentId: string
}

export const toFilterParams = (filter: ProjectFilter, reach: Reach): FilterParams => ({
  reachUnitId: reach.unitId,
  regionPrefix: reach.regionPrefix,
  words: (filter.q ?? '').toLowerCase(),
  wordsLike: likeOf(filter.q ?? ''),
  regionCode: filter.regionCode ?? '',
  stage: filter.stage ?? '',
  category: filter.category ?? '',
  tier: filter.tier ?? '',
  assessmentClass: filter.assessmentClass ?? '',
  unitId: filter.unitId ?? '',
  parentId: filter.parentId ?? '',
})

/** Names a filter's value, as a parameter of a prepared statement or as the value itself. */
type Value = (name: keyof FilterParams) => RawBuilder<unknown>

const CONDITIONS: Record<keyof ProjectFilter, (value: Value) => RawBuilder<unknown>> = {
  // The grams find the few that may hold the words by index, the text says which do.
  q: (value) =>
    sql`p.search_grams @> grams(${value('words')}::text) and p.search_text like ${value('wordsLike')}::text`,
  regionCode: (value) => sql`p.region_code = ${value('regionCode')}::text`,
  stage: (value) => sql`p.stage = ${value('stage')}::text`,
  category: (value) => sql`p.category = ${value('category')}::text`,
  tier: (value) => sql`${value('tier')}::text = any(p.tiers)`,
  assessmentClass: (value) => sql`p.assessment_class = ${value('assessmentClass')}::text`,
  unitId: (value) => sql`p.responsible_unit_id = ${value('unitId')}::uuid`,
  parentId: (value) => sql`p.parent_id = ${value('parentId')}::uuid`,
}

/** The names of the filters in use, those that a statement is made for. */
export const usedFilters = (filter: ProjectFilter) =>
  (Object.keys(CONDITIONS) as (keyof ProjectFilter)[]).filter((name) => filter[name] !== undefined)

/** The conditions, on projects `p`, of a filter within reach; `true` when there are none. */
export function conditionsOf(filter: ProjectFilter, reach: Reach, value: Value): RawBuilder<unknown> {
  const conditions = [
    ...(reach.unitId === null ? [] : [sql`p.responsible_unit_id = ${value('reachUnitId')}::uuid`]),
    ...(reach.regionPrefix === '' ? [] : [sql`p.region_code like ${value('regionPrefix')}::text || '%'`]),
    ...usedFilters(filter).map((name) => CONDITIONS[name](value)),
  ]
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
}
