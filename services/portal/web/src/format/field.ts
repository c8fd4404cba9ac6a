import { t, wordFor } from '../i18n/index.ts'
import { toMoney } from './money.ts'

const PREFIXES: Record<string, string> = {
  stage: 'stage_',
  tiers: 'tier_',
  assessmentClass: 'class_',
  constructionType: 'construction_',
  fundSource: 'fund_',
  leaderKind: 'leader_',
  participantRole: 'participant_',
  role: 'role_',
}
// What a part of a field is named by, when that is not the part's own name.
const PARTS: Record<string, Record<string, string>> = {
  fundingPlan: { source: 'fundSource' },
  leaders: { level: 'tiers', kind: 'leaderKind' },
  participants: { role: 'participantRole' },
}
const ID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/

/** The value of a project's field as people read it. */
export function toFieldText(field: string, value: unknown): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return '—'
  if (typeof value === 'number') return /yuan$/i.test(field) ? toMoney(value) : String(value)
  if (Array.isArray(value)) return value.map((part) => toFieldText(field, part)).join('、')
  if (typeof value === 'object')
    return Object.entries(value)
      .filter(([, part]) => part !== null)
      .map(([key, part]) => toPartText(field, key, part))
      .join(' ')
  const text = String(value)
  // Who it is stands on the page of the unit; an id says nothing to people.
  if (ID.test(text)) return t('assigned')
  const prefix = PREFIXES[field]
  return prefix === undefined ? text : wordFor(`${prefix}${text}`)
}

const toPartText = (field: string, key: string, part: unknown) => toFieldText(PARTS[field]?.[key] ?? key, part)
