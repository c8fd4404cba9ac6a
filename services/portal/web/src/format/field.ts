import { t, wordFor } from '../i18n/index.ts'
import { toMoney } from './money.ts'

const PREFIXES: Record<string, string> = { stage: 'stage_', tiers: 'tier_', assessmentClass: 'class_' }

/** The value of a project's field as people read it. */
export function toFieldText(field: string, value: unknown): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return t('emptyValue')
  if (typeof value === 'number') return field.endsWith('Yuan') ? toMoney(value) : String(value)
  if (typeof value === 'string') return wordFor(`${PREFIXES[field] ?? ''}${value}`).replace(PREFIXES[field] ?? '', '')
  if (Array.isArray(value)) return value.map((part) => toFieldText(field, part)).join('、')
  return Object.values(value as object)
    .map((part) => toFieldText(typeof part === 'number' && part > 9999 ? 'Yuan' : field, part))
    .join(' ')
}
