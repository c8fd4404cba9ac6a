import { ASSESSMENT_COMPUTED, ASSESSMENT_ENTERED } from './assessment.fields.ts'
import { ASSIGNED } from './assigned.fields.ts'
import { BULLETIN_COMPUTED, BULLETIN_ENTERED } from './bulletin.fields.ts'
import { COMPUTED } from './computed.fields.ts'
import { DOCUMENT } from './document.fields.ts'
import { ENTERED } from './entered.fields.ts'
import { FORECASTS } from './forecast.fields.ts'
import { OPERATIONS } from './operations.fields.ts'

/** Where the value of a field comes from. */
export const FIELD_SOURCES = {
  entered: '填写 entered by people, the API or a loaded list',
  document: '文件 as the published document says',
  computed: '计算 computed, never entered',
  assigned: '系统 set by the system',
} as const
export type FieldSource = keyof typeof FIELD_SOURCES

/** What the dictionary says of a field. */
export interface FieldFacts {
  readonly zh: string
  readonly en: string
  /** Of a number; undefined when its name or its format tells. */
  readonly unit: string | undefined
  readonly source: FieldSource
}

const SOURCES = {
  entered: { ...ENTERED, ...BULLETIN_ENTERED, ...ASSESSMENT_ENTERED },
  document: DOCUMENT,
  computed: { ...COMPUTED, ...BULLETIN_COMPUTED, ...FORECASTS, ...ASSESSMENT_COMPUTED },
  assigned: { ...ASSIGNED, ...OPERATIONS },
} as const

const dictionary = new Map<string, FieldFacts>(
  Object.entries(SOURCES).flatMap(([source, words]) =>
    Object.entries(words).map(
      ([path, [zh, en, unit]]) => [path, { zh, en, unit, source: source as FieldSource }] as const,
    ),
  ),
)

/** What is known of the field at a path such as `Report.computed.plannedYuan`: its longest known end decides. */
export function factsOfField(path: readonly string[]): FieldFacts | undefined {
  for (let from = 0; from < path.length; from++) {
    const facts = dictionary.get(path.slice(from).join('.'))
    if (facts !== undefined) return facts
  }
  return undefined
}
