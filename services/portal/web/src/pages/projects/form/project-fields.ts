import type { FundSource, NewProject, Project, ProjectPatch, YearRole } from '@tiaodu/types'
import { isSame } from '../../../format/is-same.ts'
import { fromWanInput } from '../../../format/wan-input.ts'
import { NEEDED_FIELDS, type ProjectForm, TEXT_FIELDS } from './project-form.ts'

type Fields = Omit<NewProject, 'stage'>

/** What is wrong with a field, as a word of the dictionary. */
export type Fault = 'needed' | 'notAnAmount' | 'notAYear' | 'notChosen'

/** What is typed as fields to send, and what of it cannot be sent, by path. */
export interface Typed {
  readonly fields: Fields
  readonly faults: Record<string, Fault>
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** What the page itself sees; everything else is judged by the service. */
export function toFields(form: ProjectForm): Typed {
  const faults: Record<string, Fault> = {}
  const fault = (path: string, word: Fault) => {
    faults[path] = word
  }
  for (const field of NEEDED_FIELDS) if (form[field].trim() === '') fault(field, 'needed')
  const totalInvestmentYuan = fromWanInput(form.totalWan)
  if (totalInvestmentYuan === undefined) fault('totalInvestmentYuan', 'notAnAmount')
  if (form.tiers.length === 0) fault('tiers', 'needed')

  const fundingPlan = form.fundingPlan.map(({ source, wan }, at) => {
    const yuan = fromWanInput(wan)
    if (yuan === null || yuan === undefined) fault(`fundingPlan.${at}.yuan`, 'notAnAmount')
    return { source: source as FundSource, yuan: yuan ?? 0 }
  })
  const yearRoles = form.yearRoles.map(({ year, role }, at) => {
    if (!/^20\d\d$/.test(year.trim())) fault(`yearRoles.${at}.year`, 'notAYear')
    return { year: Number(year), role: role as YearRole }
  })
  const approvals = form.approvals.map(({ kind, number, issuedOn }, at) => {
    if (issuedOn === '') fault(`approvals.${at}.issuedOn`, 'needed')
    if (kind.trim() === '') fault(`approvals.${at}.kind`, 'needed')
    if (number.trim() === '') fault(`approvals.${at}.number`, 'needed')
    return { kind: kind.trim(), number: number.trim(), issuedOn }
  })
  const leaders = form.leaders.map(({ personId, level, kind }, at) => {
    if (personId === '') fault(`leaders.${at}.personId`, 'notChosen')
    return { personId, level, kind } as Project['leaders'][number]
  })
  const participants = form.participants.map(({ role, name, creditCode }, at) => {
    if (name.trim() === '') fault(`participants.${at}.name`, 'needed')
    return { role, name: name.trim(), creditCode: creditCode.trim() || null } as Project['participants'][number]
  })
  const needed = NEEDED_FIELDS.map((field) => [field, form[field].trim()])
  const texts = TEXT_FIELDS.map((field) => [field, form[field].trim() || null])
  return {
    faults,
    fields: {
      ...(Object.fromEntries([...needed, ...texts]) as Fields),
      tiers: form.tiers,
      assessmentClass: form.assessmentClass as Project['assessmentClass'],
      localCodes: linesOf(form.localCodes),
      totalInvestmentYuan: totalInvestmentYuan ?? null,
      fundingPlan,
      yearRoles,
      approvals,
      leaders,
      participants,
    },
  }
}

/** Only what differs from what was read, so that nobody's other change is undone; undefined when nothing does. */
export function toPatch(before: Project, fields: Fields, reason: string): ProjectPatch | undefined {
  const changed = Object.entries(fields).filter(([field, value]) => !isSame(before[field as keyof Project], value))
  if (changed.length === 0) return undefined
  return { ...Object.fromEntries(changed), ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }
}
