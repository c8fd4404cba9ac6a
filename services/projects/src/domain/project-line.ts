import { CONSTRUCTION_TYPES, type Project, STAGES, TIERS } from '@tiaodu/types'
import { toWan } from './amounts.ts'
import { toFundingPlanText } from './funding-plan.ts'
import { toParticipantsText } from './participants.ts'
import { ASSESSMENT_WORDS, EXPORTED } from './project-columns.ts'
import { toYearRolesText } from './year-roles.ts'

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  stage: STAGES,
  tiers: TIERS,
  assessmentClass: ASSESSMENT_WORDS,
  constructionType: CONSTRUCTION_TYPES,
}

const TEXTS: Readonly<Record<string, (value: never) => string>> = {
  participants: toParticipantsText,
  fundingPlan: toFundingPlanText,
  yearRoles: toYearRolesText,
  totalInvestmentYuan: toWan,
}

function toText(field: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  const write = TEXTS[field]
  if (write !== undefined) return write(value as never)
  if (Array.isArray(value)) return value.map((part) => toText(field, part)).join('、')
  return WORDS[field]?.[String(value)] ?? String(value)
}

/** A project as a line of an exported list, in the order of its columns. */
export const toLine = (project: Project): string[] =>
  EXPORTED.map(({ field }) => toText(field, project[field as keyof Project]))
