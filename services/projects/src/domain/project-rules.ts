import type { FieldError, Project } from '@tiaodu/types'
import { isCreditCode } from './credit-code.ts'
import { assessProjectCode } from './project-code.ts'

type Rule = (project: Omit<Project, 'responsibleUnitName'>) => FieldError | undefined

const repeated = <T>(values: readonly T[]): T | undefined => values.find((value, at) => values.indexOf(value) !== at)

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
      : { field: 'ownerCreditCode', reason: 'the check digit does not fit' },
  ({ fundingPlan }) => {
    const source = repeated(fundingPlan.map((row) => row.source))
    return source === undefined ? undefined : { field: 'fundingPlan', reason: `${source} stands twice` }
  },
  ({ fundingPlan, totalInvestmentYuan }) => {
    if (fundingPlan.length === 0) return undefined
    const sum = fundingPlan.reduce((total, { yuan }) => total + yuan, 0)
    if (sum === totalInvestmentYuan) return undefined
    return { field: 'fundingPlan', reason: `the rows sum to ${sum}, the total investment is ${totalInvestmentYuan}` }
  },
  ({ yearRoles }) => {
    const year = repeated(yearRoles.map((row) => row.year))
    return year === undefined ? undefined : { field: 'yearRoles', reason: `${year} stands twice` }
  },
  ({ plannedStartOn, plannedCompletionOn }) =>
    order(plannedStartOn, plannedCompletionOn)
      ? undefined
      : { field: 'plannedCompletionOn', reason: `before the planned start ${plannedStartOn}` },
  ({ actualStartOn, actualCompletionOn }) =>
    order(actualStartOn, actualCompletionOn)
      ? undefined
      : { field: 'actualCompletionOn', reason: `before the actual start ${actualStartOn}` },
  ({ id, parentId }) =>
    parentId === id ? { field: 'parentId', reason: 'a project is not its own sub-project' } : undefined,
]

/** Every rule that the project breaks. */
export const assessProject: (project: Parameters<Rule>[0]) => FieldError[] = (project) =>
  RULES.map((rule) => rule(project)).filter((error) => error !== undefined)
