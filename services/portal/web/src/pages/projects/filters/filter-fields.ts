import { type Word, wordFor } from '../../../i18n/index.ts'
import type { FilterName } from '../../../queries/library.ts'

/** How a filter is chosen, and how its value is told. */
export type FilterField = { readonly name: FilterName; readonly label: Word } & (
  | { readonly kind: 'words' | 'region' | 'text' | 'unit' | 'parent' }
  | { readonly kind: 'choice'; readonly prefix: string; readonly values: string }
)

const STAGES =
  'planning reserve signed preliminary newlyStarted building finishing completed producing performing suspended withdrawn'

/** Everything that the list can be filtered by, in the order of the page. */
export const FILTER_FIELDS: readonly FilterField[] = [
  { name: 'q', label: 'filterWords', kind: 'words' },
  { name: 'regionCode', label: 'field_regionName', kind: 'region' },
  { name: 'stage', label: 'field_stage', kind: 'choice', prefix: 'stage_', values: STAGES },
  { name: 'tier', label: 'field_tiers', kind: 'choice', prefix: 'tier_', values: 'province city county' },
  {
    name: 'assessmentClass',
    label: 'field_assessmentClass',
    kind: 'choice',
    prefix: 'class_',
    values: 'assessed followed',
  },
  { name: 'category', label: 'field_category', kind: 'text' },
  { name: 'unitId', label: 'field_responsibleUnitId', kind: 'unit' },
  { name: 'parentId', label: 'field_parentId', kind: 'parent' },
]

/** The choices of a filter, the first of them no filter at all. */
export const toChoices = (field: FilterField & { kind: 'choice' }, all: string) => [
  { value: '', label: all },
  ...field.values.split(' ').map((value) => ({ value, label: wordFor(`${field.prefix}${value}`) })),
]
