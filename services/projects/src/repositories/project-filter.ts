import type { Reach } from '@tiaodu/service'
import type { ProjectFilters } from '@tiaodu/types'
import { type RawBuilder, sql } from 'kysely'
import { likeOf } from './like.ts'

/** What people filter a list of projects by. */
export type ProjectFilter = ProjectFilters

/** The values that conditions are about; those of filters that are not in use are never sent. */
export interface FilterParams extends Required<{ [K in keyof ProjectFilter]: string | number | boolean | undefined }> {
  reachUnitId: string | null
  reachPrefix: string
  words: string
  wordsLike: string
  ownerWords: string
  ownerLike: string
  yearRoles: string
  leaders: string
}

export const toFilterParams = (filter: ProjectFilter, reach: Reach): FilterParams =>
  ({
    ...filter,
    reachUnitId: reach.unitId,
    reachPrefix: reach.regionPrefix,
    words: (filter.q ?? '').toLowerCase(),
    wordsLike: likeOf(filter.q ?? ''),
    ownerWords: (filter.owner ?? '').toLowerCase(),
    ownerLike: likeOf(filter.owner ?? ''),
    // A filter that is absent is left out of the text, and then holds for any.
    yearRoles: JSON.stringify([{ year: filter.roleYear, role: filter.yearRole }]),
    leaders: JSON.stringify([{ personId: filter.leaderId }]),
  }) as FilterParams

/** Names a filter's value, as a parameter of a prepared statement or as the value itself. */
type Value = (name: keyof FilterParams) => RawBuilder<unknown>
type Condition = (value: Value, filter: ProjectFilter) => RawBuilder<unknown>

const compares =
  (operator: '=' | '>=' | '<=') =>
  (column: string, type: string, name: keyof FilterParams): Condition =>
  (value) =>
    sql`${sql.ref(`p.${column}`)} ${sql.raw(operator)} ${value(name)}::${sql.raw(type)}`

const equals = compares('=')
const from = compares('>=')
const to = compares('<=')

const starts =
  (column: string, name: keyof FilterParams): Condition =>
  (value) =>
    sql`${sql.ref(`p.${column}`)} like ${value(name)}::text || '%'`

const ofYearRole: Condition = (value) => sql`p.year_roles @> ${value('yearRoles')}::jsonb`

const member = (more: RawBuilder<unknown>) =>
  sql`exists (select from programme_members m where m.project_id = p.id and m.left_at is null and ${more})`

// The text says which projects hold words; their grams find, by index, the few that may.
const WORDS = {
  q: {
    text: (value) => sql`p.search_text like ${value('wordsLike')}::text`,
    grams: (value) => sql`p.search_grams @> grams(${value('words')}::text)`,
  },
  owner: {
    text: (value) => sql`lower(p.owner_name) like ${value('ownerLike')}::text`,
    grams: (value) => sql`p.search_grams @> grams(${value('ownerWords')}::text)`,
  },
} satisfies Partial<Record<keyof ProjectFilter, Record<'text' | 'grams', (value: Value) => RawBuilder<unknown>>>>

const holds =
  (name: keyof typeof WORDS): Condition =>
  (value) =>
    sql`${WORDS[name].grams(value)} and ${WORDS[name].text(value)}`

const CONDITIONS: Record<keyof ProjectFilter, Condition> = {
  q: holds('q'),
  regionCode: equals('region_code', 'text', 'regionCode'),
  regionPrefix: starts('region_code', 'regionPrefix'),
  // One stage is found in the order of the page; several are not.
  stage: (value, { stage }) =>
    stage?.includes(',')
      ? sql`p.stage = any(string_to_array(${value('stage')}::text, ','))`
      : sql`p.stage = ${value('stage')}::text`,
  // By the indexes of both; that of the local codes leaves out who has none.
  anyCode: (value) =>
    sql`(p.project_code = ${value('anyCode')}::text
      or (p.local_codes <> '{}' and p.local_codes @> array[${value('anyCode')}::text]))`,
  category: equals('category', 'text', 'category'),
  tier: (value) => sql`${value('tier')}::text = any(p.tiers)`,
  assessmentClass: equals('assessment_class', 'text', 'assessmentClass'),
  yearRole: ofYearRole,
  roleYear: ofYearRole,
  constructionType: equals('construction_type', 'text', 'constructionType'),
  industryPrefix: starts('industry_code', 'industryPrefix'),
  owner: holds('owner'),
  ownerCreditCode: equals('owner_credit_code', 'text', 'ownerCreditCode'),
  unitId: equals('responsible_unit_id', 'uuid', 'unitId'),
  filerId: equals('filer_id', 'uuid', 'filerId'),
  leaderId: (value) => sql`(p.leader_id = ${value('leaderId')}::uuid or p.leaders @> ${value('leaders')}::jsonb)`,
  totalFromYuan: from('total_investment_yuan', 'bigint', 'totalFromYuan'),
  totalToYuan: to('total_investment_yuan', 'bigint', 'totalToYuan'),
  plannedStartFrom: from('planned_start_on', 'date', 'plannedStartFrom'),
  plannedStartTo: to('planned_start_on', 'date', 'plannedStartTo'),
  actualStartFrom: from('actual_start_on', 'date', 'actualStartFrom'),
  actualStartTo: to('actual_start_on', 'date', 'actualStartTo'),
  plannedCompletionFrom: from('planned_completion_on', 'date', 'plannedCompletionFrom'),
  plannedCompletionTo: to('planned_completion_on', 'date', 'plannedCompletionTo'),
  actualCompletionFrom: from('actual_completion_on', 'date', 'actualCompletionFrom'),
  actualCompletionTo: to('actual_completion_on', 'date', 'actualCompletionTo'),
  hasStatisticalEntry: (value) => sql`(p.statistical_entry_on is not null) = ${value('hasStatisticalEntry')}::boolean`,
  programmeId: (value, { programmeYear }) =>
    member(
      programmeYear === undefined
        ? sql`m.programme_id = ${value('programmeId')}::uuid`
        : sql`m.programme_id = ${value('programmeId')}::uuid and m.year = ${value('programmeYear')}::int`,
    ),
  programmeYear: (value, { programmeId }) =>
    // With a programme, its condition holds the year already.
    programmeId === undefined ? member(sql`m.year = ${value('programmeYear')}::int`) : sql`true`,
  parentId: equals('parent_id', 'uuid', 'parentId'),
  hasParent: (value) => sql`(p.parent_id is not null) = ${value('hasParent')}::boolean`,
  updatedSince: from('updated_at', 'timestamptz', 'updatedSince'),
}

const NAMES = Object.keys(CONDITIONS) as (keyof ProjectFilter)[]

const usedFilters = (filter: ProjectFilter) => NAMES.filter((name) => filter[name] !== undefined)

/** A short name of the filters in use and their form: the same for all that one statement serves. */
export const keyOfFilters = (filter: ProjectFilter): string =>
  usedFilters(filter)
    .map((name) => NAMES.indexOf(name).toString(36))
    .concat(filter.stage?.includes(',') ? '+' : [])
    .join('')

/** The conditions, on projects `p`, of a filter within reach; `true` when there are none. */
export function conditionsOf(filter: ProjectFilter, reach: Reach, value: Value): RawBuilder<unknown> {
  const conditions = [
    ...(reach.unitId === null ? [] : [sql`p.responsible_unit_id = ${value('reachUnitId')}::uuid`]),
    ...(reach.regionPrefix === '' ? [] : [sql`p.region_code like ${value('reachPrefix')}::text || '%'`]),
    ...usedFilters(filter).map((name) => CONDITIONS[name](value, filter)),
  ]
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
}

const inUse = (filter: ProjectFilter) => (['q', 'owner'] as const).filter((name) => filter[name] !== undefined)

/** Whether words are looked for. */
export const isSearch = (filter: ProjectFilter): boolean => inUse(filter).length > 0

/** The same filter without the words. */
export const withoutWords = ({ q, owner, ...filter }: ProjectFilter): ProjectFilter => filter

/** The condition, on projects `p`, that their text holds the words of a search; no index is of use to it. */
export const holdWords = (filter: ProjectFilter, value: Value): RawBuilder<unknown> =>
  sql.join(
    inUse(filter).map((name) => WORDS[name].text(value)),
    sql` and `,
  )

/** The condition, on projects `p`, that they lie within reach. */
export function within(reach: Reach): RawBuilder<unknown> {
  const params = toFilterParams({}, reach)
  return conditionsOf({}, reach, (name) => sql`${params[name]}`)
}
