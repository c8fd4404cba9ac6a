import { CONSTRUCTION_TYPES, type Participant, type Project, STAGES, TIERS } from '@tiaodu/types'
import { toParticipantsText } from './participants.ts'
import { ASSESSMENT_WORDS, EXPORTED } from './project-columns.ts'

const WAN_DIGITS = 4

/** Whole yuan in 万元 without a rounding error: 12345 is 1.2345. */
export function toWan(yuan: number): string {
  const text = String(yuan).padStart(WAN_DIGITS + 1, '0')
  const fraction = text.slice(-WAN_DIGITS).replace(/0+$/, '')
  return `${text.slice(0, -WAN_DIGITS)}${fraction === '' ? '' : `.${fraction}`}`
}

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  stage: STAGES,
  tiers: TIERS,
  assessmentClass: ASSESSMENT_WORDS,
  constructionType: CONSTRUCTION_TYPES,
}

function toText(field: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (field === 'participants') return toParticipantsText(value as Participant[])
  if (Array.isArray(value)) return value.map((part) => toText(field, part)).join('、')
  if (field === 'totalInvestmentYuan') return toWan(value as number)
  return WORDS[field]?.[String(value)] ?? String(value)
}

/** A project as a line of an exported list, in the order of its columns. */
export const toLine = (project: Project): string[] =>
  EXPORTED.map(({ field }) => toText(field, project[field as keyof Project]))
