import type {
  DifficultyAction,
  DifficultyCategory,
  DifficultyState,
  DifficultySubcategory,
  NewDifficulty,
} from '@tiaodu/types'
import { DIFFICULTY_CATEGORIES, DIFFICULTY_SUBCATEGORIES, refuse, toDateOn } from '@tiaodu/types'

const DAY_MS = 86_400_000

/** A difficulty as it is stored. */
export interface StoredDifficulty {
  readonly id: string
  readonly projectId: string
  readonly period: string
  /** What the report said when it was registered. */
  readonly reportedText: string
  readonly description: string
  readonly category: DifficultyCategory
  readonly subcategory: DifficultySubcategory | null
  readonly coordinationLevel: number
  readonly unitInChargeId: string
  readonly dueOn: string
  readonly state: DifficultyState
  readonly outcome: string | null
  readonly registeredAt: Date
  /** When it was resolved the last time; null while it is open. */
  readonly resolvedAt: Date | null
  readonly version: number
  readonly isSimulated: boolean
}

/** Something that was done about a difficulty. */
export interface DifficultyStep {
  readonly action: DifficultyAction
  readonly reason: string | null
  readonly difficulty: StoredDifficulty
}

// What people write who have nothing to tell; PostgreSQL reads it as JavaScript does.
export const NOTHING_TO_TELL =
  '^[\\s\\u3000]*((暂|尚)?(无|没有)(困难|问题|困难(和|与|及|、)问题)?|none|nil|n/a|/|-+)?[\\s\\u3000。.!！]*$'

/** Whether the difficulties of a report say more than 无. */
export const tellsOfDifficulty = (text: string): boolean => !new RegExp(NOTHING_TO_TELL, 'i').test(text)

const daysBetween = (fromOn: string, toOn: string) =>
  Math.max(0, Math.round((Date.parse(`${toOn}T00:00:00Z`) - Date.parse(`${fromOn}T00:00:00Z`)) / DAY_MS))

/** How long a difficulty has been open and how far past its due day, in days of Shanghai, until it was resolved. */
export function toAge(
  { registeredAt, resolvedAt, dueOn }: Pick<StoredDifficulty, 'registeredAt' | 'resolvedAt' | 'dueOn'>,
  now: Date,
): { ageDays: number; overdueDays: number } {
  const untilOn = toDateOn(resolvedAt ?? now)
  return { ageDays: daysBetween(toDateOn(registeredAt), untilOn), overdueDays: daysBetween(dueOn, untilOn) }
}

/** @throws validation-failed naming `dueOn` */
export function requireComing(dueOn: string, now: Date): void {
  const today = toDateOn(now)
  if (dueOn < today)
    throw refuse('validation-failed', 'dueOn', { zh: `不能早于今天（${today}）`, en: `Not before today, ${today}` })
}

function requireSubcategory(category: DifficultyCategory, subcategory: DifficultySubcategory | null): void {
  const { zh, subcategories } = DIFFICULTY_CATEGORIES[category]
  if (subcategory === null || (subcategories as readonly string[]).includes(subcategory)) return
  throw refuse('validation-failed', 'subcategory', {
    zh: `${DIFFICULTY_SUBCATEGORIES[subcategory]}不属于${zh}`,
    en: `${subcategory} is not a part of ${category}`,
  })
}

/** The report that a difficulty comes from, as far as it matters. */
export interface Reported {
  readonly state: string | null
  readonly difficulties: string | null
}

/** A difficulty of a filed report. @throws no-difficulty-reported, validation-failed */
export function decideRegister(
  { subcategory = null, ...fields }: NewDifficulty,
  reported: Reported,
  about: { readonly id: string; readonly projectId: string; readonly now: Date; readonly isSimulated: boolean },
): DifficultyStep {
  const isFiled = reported.state === 'submitted' || reported.state === 'approved'
  const reportedText = reported.difficulties ?? ''
  if (!isFiled || !tellsOfDifficulty(reportedText))
    throw refuse('no-difficulty-reported', 'period', {
      zh: `${fields.period} 没有已上报且写明困难和问题的报告`,
      en: `No report filed for ${fields.period} tells of a difficulty`,
    })
  requireSubcategory(fields.category, subcategory)
  requireComing(fields.dueOn, about.now)
  const { id, projectId, now, isSimulated } = about
  const difficulty: StoredDifficulty = {
    ...fields,
    id,
    projectId,
    subcategory,
    reportedText,
    state: 'registered',
    outcome: null,
    registeredAt: now,
    resolvedAt: null,
    version: 1,
    isSimulated,
  }
  return { action: 'register', reason: null, difficulty }
}
