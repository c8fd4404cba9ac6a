import type { EventPayload, NewEvent, NewProject, Project, ProjectPatch, ProjectVersion } from '@tiaodu/types'
import { defaultTier } from './default-tier.ts'
import { type Changes, replayFields, toChanges } from './versions.ts'

/** Everything stored of a project; the unit's name is joined when it is read. */
export type StoredProject = Omit<Project, 'responsibleUnitName'>
type Entered = Omit<StoredProject, 'id' | 'version' | 'createdAt' | 'updatedAt'>

/** A project of which nothing is known: what is left out of a registration, and where replaying begins. */
const NOTHING_KNOWN: Entered = {
  name: '',
  regionCode: '',
  regionName: '',
  category: '',
  stage: 'planning',
  tiers: [],
  assessmentClass: 'assessed',
  projectCode: null,
  localCodes: [],
  yearRoles: [],
  constructionType: null,
  industryCode: null,
  place: null,
  scale: null,
  ownerName: null,
  ownerCreditCode: null,
  participants: [],
  totalInvestmentYuan: null,
  fundingPlan: [],
  plannedStartOn: null,
  actualStartOn: null,
  plannedCompletionOn: null,
  actualCompletionOn: null,
  approvals: [],
  statisticalEntryOn: null,
  parentId: null,
  responsibleUnitId: null,
  filerId: null,
  leaderId: null,
  leaders: [],
  source: null,
  section: null,
  note: null,
}
/** A project of which not even the id is known: it shows which columns there are. */
export const NOTHING_STORED: StoredProject = { id: '', ...NOTHING_KNOWN, version: 0, createdAt: '', updatedAt: '' }

const FIELDS = Object.keys(NOTHING_KNOWN) as (keyof Entered)[]

/** A project as it is first registered, with all that is known of it as changes. */
export function decideRegistration(
  id: string,
  fields: NewProject,
  now: Date,
): { project: StoredProject; changes: Changes } {
  const at = now.toISOString()
  const tiers = [defaultTier(fields.regionCode)]
  const project = Object.assign({ ...NOTHING_STORED, id, tiers, version: 1, createdAt: at, updatedAt: at }, fields)
  return { project, changes: toChanges(FIELDS, NOTHING_KNOWN, project) }
}

/** The project after a change, or undefined when nothing differs. */
export function decideChange(
  current: StoredProject,
  patch: Omit<ProjectPatch, 'reason'> & { stage?: Project['stage'] },
  now: Date,
): { project: StoredProject; changes: Changes } | undefined {
  const next: StoredProject = { ...current, ...patch, version: current.version + 1, updatedAt: now.toISOString() }
  const changes = toChanges(FIELDS, current, next)
  return changes.length === 0 ? undefined : { project: next, changes }
}

/** The project as its versions, oldest first, have left it; undefined when there is none yet. */
export function replay(
  id: string,
  versions: readonly Pick<ProjectVersion, 'version' | 'at' | 'changes'>[],
): StoredProject | undefined {
  const [first] = versions
  const last = versions.at(-1)
  if (first === undefined || last === undefined) return undefined
  return {
    ...replayFields(NOTHING_KNOWN, versions),
    id,
    version: last.version,
    createdAt: first.at,
    updatedAt: last.at,
  }
}

/** What other services keep of a project. */
export const toKnown = (
  project: StoredProject,
  responsibleUnitName: string | null,
): EventPayload<'project.changed.v1'> => ({
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
  plannedStartOn: project.plannedStartOn,
  actualStartOn: project.actualStartOn,
  plannedCompletionOn: project.plannedCompletionOn,
  actualCompletionOn: project.actualCompletionOn,
  statisticalEntryOn: project.statisticalEntryOn,
  fundingPlan: project.fundingPlan.map(({ source, yuan }) => ({ source, yuan })),
})

export const toProjectChanged = (project: StoredProject, responsibleUnitName: string | null): NewEvent => ({
  name: 'project.changed.v1',
  payload: toKnown(project, responsibleUnitName),
})
