import { type Word, wordFor } from '../../../i18n/index.ts'
import type { FilterName } from '../../../queries/library.ts'

type Common = { readonly name: FilterName; readonly label: Word }
interface Choice {
  readonly kind: 'choice'
  readonly prefix: string
  readonly values: string
}
/** What is typed counts once it has this form; without one, whatever it is. */
interface Typed {
  readonly kind: 'text'
  readonly form?: RegExp
}
interface Chosen {
  readonly kind: 'region' | 'unit' | 'filer' | 'leader' | 'programme' | 'parent' | 'wan' | 'date' | 'told'
}
/** How a filter is chosen, and how its value is told; `told` is only told, and comes with an address. */
export type FilterField = Common & (Choice | Typed | Chosen)
export type ChoiceField = FilterField & { kind: 'choice' }

const STAGES =
  'planning reserve signed preliminary newlyStarted building finishing completed producing performing suspended withdrawn'
const YEAR = /^20\d\d$/

const choice = (name: FilterName, label: Word, prefix: string, values: string): FilterField => ({
  name,
  label,
  kind: 'choice',
  prefix,
  values,
})

/** The filters that always stand above the list. */
export const FIRST_FILTERS: readonly FilterField[] = [
  { name: 'q', label: 'filterWords', kind: 'text' },
  { name: 'regionPrefix', label: 'field_regionName', kind: 'region' },
  choice('stage', 'field_stage', 'stage_', STAGES),
  choice('tier', 'field_tiers', 'tier_', 'province city county'),
  choice('assessmentClass', 'field_assessmentClass', 'class_', 'assessed followed'),
]

/** The filters that are shown when asked for. */
export const MORE_FILTERS: readonly FilterField[] = [
  { name: 'anyCode', label: 'filterAnyCode', kind: 'text' },
  { name: 'category', label: 'field_category', kind: 'text' },
  choice('yearRole', 'field_yearRoles', 'role_', 'preparing starting continuing completing'),
  { name: 'roleYear', label: 'filterRoleYear', kind: 'text', form: YEAR },
  choice(
    'constructionType',
    'field_constructionType',
    'construction_',
    'newBuild expansion rebuild relocation restoration',
  ),
  { name: 'industryPrefix', label: 'filterIndustry', kind: 'text', form: /^[A-T]\d{0,4}$/ },
  { name: 'owner', label: 'field_ownerName', kind: 'text' },
  { name: 'ownerCreditCode', label: 'field_ownerCreditCode', kind: 'text' },
  { name: 'totalFromYuan', label: 'filterTotalFrom', kind: 'wan' },
  { name: 'totalToYuan', label: 'filterTotalTo', kind: 'wan' },
  { name: 'plannedStartFrom', label: 'filterPlannedStartFrom', kind: 'date' },
  { name: 'plannedStartTo', label: 'filterPlannedStartTo', kind: 'date' },
  { name: 'actualStartFrom', label: 'filterActualStartFrom', kind: 'date' },
  { name: 'actualStartTo', label: 'filterActualStartTo', kind: 'date' },
  { name: 'plannedCompletionFrom', label: 'filterPlannedCompletionFrom', kind: 'date' },
  { name: 'plannedCompletionTo', label: 'filterPlannedCompletionTo', kind: 'date' },
  { name: 'actualCompletionFrom', label: 'filterActualCompletionFrom', kind: 'date' },
  { name: 'actualCompletionTo', label: 'filterActualCompletionTo', kind: 'date' },
  choice('hasStatisticalEntry', 'field_statisticalEntryOn', 'statistical_', 'true false'),
  choice('hasParent', 'filterHasParent', 'hasParent_', 'true false'),
  { name: 'programmeId', label: 'filterProgramme', kind: 'programme' },
  { name: 'programmeYear', label: 'filterProgrammeYear', kind: 'text', form: YEAR },
  { name: 'unitId', label: 'field_responsibleUnitId', kind: 'unit' },
  { name: 'leaderId', label: 'filterLeader', kind: 'leader' },
]

/** Everything that the list can be filtered by. */
export const FILTER_FIELDS: readonly FilterField[] = [
  ...FIRST_FILTERS,
  ...MORE_FILTERS,
  { name: 'filerId', label: 'field_filerId', kind: 'filer' },
  { name: 'parentId', label: 'field_parentId', kind: 'parent' },
  { name: 'regionCode', label: 'filterRegionCode', kind: 'told' },
  { name: 'updatedSince', label: 'filterUpdatedSince', kind: 'told' },
]

const wordOf = ({ prefix }: ChoiceField, value: string) => wordFor(`${prefix}${value}`)

/** The words of one value, or of several that stand behind each other. */
export const wordsOf = (field: ChoiceField, value: string): string =>
  value
    .split(',')
    .map((one) => wordOf(field, one))
    .join('、')

/** The choices of a filter, the first of them no filter at all; what an address holds beyond them is there too. */
export function toChoices(field: ChoiceField, value: string, all: string) {
  const single = field.values.split(' ').map((one) => ({ value: one, label: wordOf(field, one) }))
  const several = value.includes(',') ? [{ value, label: wordsOf(field, value) }] : []
  return [{ value: '', label: all }, ...several, ...single]
}
