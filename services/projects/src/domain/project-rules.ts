import { type Fault, FUND_SOURCES, PARTICIPANT_ROLES, type Project, type Words } from '@tiaodu/types'
import { isCreditCode, WRONG_CHECK_DIGIT } from './credit-code.ts'
import { assessParticipant } from './participants.ts'
import { assessProjectCode } from './project-code.ts'

type Rule = (project: Omit<Project, 'responsibleUnitName'>) => Fault | undefined

const repeated = <T>(values: readonly T[]): T | undefined => values.find((value, at) => values.indexOf(value) !== at)

const twice = (value: string | number, word: string | number = value): Words => ({
  zh: `${word} 重复`,
  en: `${value} stands twice`,
})

const order = (earlier: string | null, later: string | null) => earlier === null || later === null || earlier <= later

/** What the fields of a project must be together; each rule names the field to mend. */
const RULES: readonly Rule[] = [
  ({ projectCode }) => {
    const reason = projectCode === null ? undefined : assessProjectCode(projectCode)
    return reason === undefined ? undefined : { field: 'projectCode', reason }
  },
  ({ ownerCreditCode }) =>
    ownerCreditCode === null || isCreditCode(ownerCreditCode)
      ? undefined
      : { field: 'ownerCreditCode', reason: WRONG_CHECK_DIGIT },
  ({ fundingPlan }) => {
    const source = repeated(fundingPlan.map((row) => row.source))
    return source === undefined ? undefined : { field: 'fundingPlan', reason: twice(source, FUND_SOURCES[source]) }
  },
  ({ fundingPlan, totalInvestmentYuan }) => {
    if (fundingPlan.length === 0) return undefined
    const sum = fundingPlan.reduce((total, { yuan }) => total + yuan, 0)
    if (sum === totalInvestmentYuan) return undefined
    const reason = {
      zh: `资金拼盘合计 ${sum} 元，总投资 ${totalInvestmentYuan ?? '未填'} 元`,
      en: `the rows sum to ${sum} yuan, the total investment is ${totalInvestmentYuan}`,
    }
    return { field: 'fundingPlan', reason }
  },
  ({ participants }) => {
    const faults = participants.map((participant) => assessParticipant(participant))
    const at = faults.findIndex((fault) => fault !== undefined)
    const fault = faults[at]
    return fault && { field: `participants.${at}.${fault.field}`, reason: fault.reason }
  },
  ({ participants }) => {
    const names = participants.map(({ role, name }) => `${PARTICIPANT_ROLES[role]} ${name}`)
    const name = repeated(names)
    return name === undefined ? undefined : { field: `participants.${names.lastIndexOf(name)}`, reason: twice(name) }
  },
  ({ leaders }) => {
    const ids = leaders.map(({ personId }) => personId)
    const id = repeated(ids)
    if (id === undefined) return undefined
    const reason = { zh: '同一位领导重复', en: 'the same person stands twice' }
    return { field: `leaders.${ids.lastIndexOf(id)}.personId`, reason }
  },
  ({ yearRoles }) => {
    const year = repeated(yearRoles.map((row) => row.year))
    return year === undefined ? undefined : { field: 'yearRoles', reason: twice(year) }
  },
  ({ plannedStartOn, plannedCompletionOn }) =>
    order(plannedStartOn, plannedCompletionOn)
      ? undefined
      : {
          field: 'plannedCompletionOn',
          reason: { zh: `早于计划开工 ${plannedStartOn}`, en: `before the planned start ${plannedStartOn}` },
        },
  ({ actualStartOn, actualCompletionOn }) =>
    order(actualStartOn, actualCompletionOn)
      ? undefined
      : {
          field: 'actualCompletionOn',
          reason: { zh: `早于实际开工 ${actualStartOn}`, en: `before the actual start ${actualStartOn}` },
        },
  ({ id, parentId }) =>
    parentId === id
      ? { field: 'parentId', reason: { zh: '项目不能是自己的子项目', en: 'a project is not its own sub-project' } }
      : undefined,
]

/** Every rule that the project breaks. */
export const assessProject: (project: Parameters<Rule>[0]) => Fault[] = (project) =>
  RULES.map((rule) => rule(project)).filter((error) => error !== undefined)
