import type { NewEvent, NewProject, Project, ProjectPatch } from '@tiaodu/types'
import { defaultTier } from './default-tier.ts'

type Stored = Omit<Project, 'responsibleUnitName'>

/** A project as it is first registered; what was left out gets its default. */
export const decideRegistration = (id: string, fields: NewProject, now: Date): Stored => ({
  tiers: [defaultTier(fields.regionCode)],
  assessmentClass: 'assessed',
  totalInvestmentYuan: null,
  responsibleUnitId: null,
  filerId: null,
  leaderId: null,
  source: null,
  section: null,
  note: null,
  ...fields,
  id,
  version: 1,
  createdAt: now.toISOString(),
  updatedAt: now.toISOString(),
})

/** The project after a change, or undefined when nothing differs. */
export function decideChange(current: Stored, patch: ProjectPatch, now: Date): Stored | undefined {
  const isSame = Object.entries(patch).every(
    ([field, value]) => JSON.stringify(current[field as keyof ProjectPatch]) === JSON.stringify(value),
  )
  if (isSame) return undefined
  return { ...current, ...patch, version: current.version + 1, updatedAt: now.toISOString() }
}

/** What other services keep of a project. */
export const toProjectChanged = (project: Stored, responsibleUnitName: string | null): NewEvent => ({
  name: 'project.changed.v1',
  payload: {
    projectId: project.id,
    version: project.version,
    name: project.name,
    regionCode: project.regionCode,
    regionName: project.regionName,
    category: project.category,
    tiers: [...project.tiers],
    stage: project.stage,
    assessmentClass: project.assessmentClass,
    totalInvestmentYuan: project.totalInvestmentYuan,
    responsibleUnitId: project.responsibleUnitId,
    responsibleUnitName,
    filerId: project.filerId,
    leaderId: project.leaderId,
  },
})
