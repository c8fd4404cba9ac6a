import type { NewProject, Project, ProjectPatch } from '@tiaodu/types'
import { fromWanInput, toWanInput } from '../format/wan-input.ts'

/** The fields that are typed as text; an empty one is null. */
export const TEXT_FIELDS = [
  'projectCode',
  'industryCode',
  'place',
  'scale',
  'ownerName',
  'ownerCreditCode',
  'note',
] as const
export const DATE_FIELDS = [
  'plannedStartOn',
  'actualStartOn',
  'plannedCompletionOn',
  'actualCompletionOn',
  'statisticalEntryOn',
] as const
export const NEEDED_FIELDS = ['name', 'regionCode', 'regionName', 'category'] as const

type Texts = Record<
  (typeof TEXT_FIELDS)[number] | (typeof DATE_FIELDS)[number] | (typeof NEEDED_FIELDS)[number],
  string
>

/** A project as it is typed. */
export interface ProjectForm extends Texts {
  tiers: Project['tiers']
  assessmentClass: Project['assessmentClass']
  totalWan: string
  reason: string
}

export const toForm = (project: Project | undefined): ProjectForm => {
  const fields = [...NEEDED_FIELDS, ...TEXT_FIELDS, ...DATE_FIELDS]
  const texts = Object.fromEntries(fields.map((field) => [field, project?.[field] ?? ''])) as Texts
  return {
    ...texts,
    tiers: [...(project?.tiers ?? ['county'])],
    assessmentClass: project?.assessmentClass ?? 'assessed',
    totalWan: toWanInput(project?.totalInvestmentYuan ?? null),
    reason: '',
  }
}

type Fields = Omit<NewProject, 'stage'>

/** The fields to send; undefined when the amount is none. */
export function toFields({
  tiers,
  assessmentClass,
  totalWan,
  reason: _reason,
  ...texts
}: ProjectForm): Fields | undefined {
  const totalInvestmentYuan = fromWanInput(totalWan)
  if (totalInvestmentYuan === undefined) return undefined
  const needed: readonly string[] = NEEDED_FIELDS
  const entries = Object.entries(texts).map(([field, text]) => [
    field,
    text.trim() === '' && !needed.includes(field) ? null : text.trim(),
  ])
  return { ...(Object.fromEntries(entries) as Fields), tiers, assessmentClass, totalInvestmentYuan }
}

/** Only what differs from what was read, so that nobody's other change is undone. */
export function toPatch(before: Project, fields: Fields, reason: string): ProjectPatch | undefined {
  const changed = Object.entries(fields).filter(
    ([field, value]) => JSON.stringify(before[field as keyof Project]) !== JSON.stringify(value),
  )
  if (changed.length === 0) return undefined
  return { ...Object.fromEntries(changed), ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }
}
