import type { Project } from '@tiaodu/types'
import { toWanInput } from '../../../format/wan-input.ts'

/** The fields that are typed as one text; an empty one is null. */
export const TEXT_FIELDS = [
  'projectCode',
  'industryCode',
  'place',
  'scale',
  'ownerName',
  'ownerCreditCode',
  'source',
  'section',
  'note',
  'plannedStartOn',
  'actualStartOn',
  'plannedCompletionOn',
  'actualCompletionOn',
  'statisticalEntryOn',
  'constructionType',
  'parentId',
  'responsibleUnitId',
  'filerId',
  'leaderId',
] as const
export const NEEDED_FIELDS = ['name', 'regionCode', 'regionName', 'category'] as const

/** The fields that are lists of rows. */
export const ROW_FIELDS = ['fundingPlan', 'yearRoles', 'approvals', 'leaders', 'participants'] as const

/** The fields that have a place in the form for what is refused of them. */
export const SHOWN_FIELDS: readonly string[] = [
  ...NEEDED_FIELDS,
  ...TEXT_FIELDS,
  ...ROW_FIELDS,
  'stage',
  'tiers',
  'assessmentClass',
  'totalInvestmentYuan',
  'localCodes',
  'reason',
]

export interface FundRow {
  source: string
  wan: string
}
export interface YearRow {
  year: string
  role: string
}
export type ApprovalRow = Project['approvals'][number]
export interface LeaderRow {
  personId: string
  level: string
  kind: string
}
export interface ParticipantRow {
  role: string
  name: string
  creditCode: string
}

type Texts = Record<(typeof TEXT_FIELDS)[number] | (typeof NEEDED_FIELDS)[number], string>

/** A project as it is typed. */
export interface ProjectForm extends Texts {
  stage: string
  tiers: Project['tiers']
  assessmentClass: string
  totalWan: string
  /** One a line. */
  localCodes: string
  fundingPlan: FundRow[]
  yearRoles: YearRow[]
  approvals: ApprovalRow[]
  leaders: LeaderRow[]
  participants: ParticipantRow[]
  reason: string
}

export function toForm(project: Partial<Project>): ProjectForm {
  const fields = [...NEEDED_FIELDS, ...TEXT_FIELDS]
  const texts = Object.fromEntries(fields.map((field) => [field, project[field] ?? ''])) as Texts
  return {
    ...texts,
    stage: project.stage ?? 'planning',
    tiers: [...(project.tiers ?? ['county'])],
    assessmentClass: project.assessmentClass ?? 'assessed',
    totalWan: toWanInput(project.totalInvestmentYuan ?? null),
    localCodes: (project.localCodes ?? []).join('\n'),
    fundingPlan: (project.fundingPlan ?? []).map(({ source, yuan }) => ({ source, wan: toWanInput(yuan) })),
    yearRoles: (project.yearRoles ?? []).map(({ year, role }) => ({ role, year: String(year) })),
    approvals: (project.approvals ?? []).map((approval) => ({ ...approval })),
    leaders: (project.leaders ?? []).map((leader) => ({ ...leader })),
    participants: (project.participants ?? []).map(({ role, name, creditCode }) => ({
      role,
      name,
      creditCode: creditCode ?? '',
    })),
    reason: '',
  }
}

/** The names of what a project refers to by id, to show before anything is searched. */
export interface Names {
  readonly parent: string
  readonly unit: string
}
