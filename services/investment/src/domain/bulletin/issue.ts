import type {
  BulletinEntry,
  BulletinHead,
  BulletinIssue,
  BulletinProject,
  DifficultyAnalysis,
  FundsSummary,
  GradeRule,
  PolicyFunds,
  Ranking,
} from '@tiaodu/types'
import { toPercent, yearOf } from '@tiaodu/types'
import { toClasses } from './classes.ts'
import { toTitle } from './draft.ts'
import { type BulletinFact, byText, toNamed } from './facts.ts'
import { toFiling } from './filing.ts'
import { gradeOf, toGrades } from './grades.ts'
import { toSums } from './slices.ts'

/** All that is known of a month when its bulletin is made. */
export interface BulletinMaterial {
  readonly entry: BulletinEntry
  readonly number: number
  readonly issuedOn: string
  readonly previousSha256: string | null
  readonly facts: readonly BulletinFact[]
  readonly rule: GradeRule
  readonly returned: number
  readonly rankings: { readonly region: Ranking; readonly unit: Ranking }
  readonly difficulties: DifficultyAnalysis
  readonly funds: FundsSummary
  readonly policyFunds: PolicyFunds[]
}

// A list of more is no annex that anybody prints; the sums stand for them.
const MOST_LISTED = 5_000

function toHead(period: string, material: BulletinMaterial): BulletinHead {
  const { entry, number, issuedOn, previousSha256 } = material
  const { title, ...signed } = entry
  return { ...signed, period, year: yearOf(period), number, title: title ?? toTitle(period), issuedOn, previousSha256 }
}

const toProject = (fact: BulletinFact, rule: GradeRule, period: string): BulletinProject => ({
  ...toNamed(fact),
  regionCode: fact.regionCode,
  category: fact.category,
  tiers: [...fact.tiers],
  isAssessed: fact.isAssessed,
  totalInvestmentYuan: fact.totalInvestmentYuan,
  plannedYuan: fact.plannedYuan,
  monthCompletedYuan: fact.monthYuan,
  completedYuan: fact.yearYuan,
  completionPercent: toPercent(fact.yearYuan, fact.plannedYuan),
  grade: gradeOf(fact, rule, period),
  visualProgress: fact.visualProgress,
})

/** The bulletin of a month, whole; the same material gives the same, in the same order of its keys. */
export function toIssue(period: string, material: BulletinMaterial): BulletinIssue {
  const { rule, returned, rankings, difficulties, funds, policyFunds } = material
  const facts = [...material.facts].sort(
    (one, other) =>
      byText(one.regionCode, other.regionCode) ||
      byText(one.unitName ?? '', other.unitName ?? '') ||
      byText(one.projectId, other.projectId),
  )
  return {
    head: toHead(period, material),
    ...toSums(facts),
    classes: toClasses(facts, period),
    rankings,
    grades: toGrades(facts, rule, period),
    difficulties,
    filing: toFiling(facts, returned),
    funds,
    policyFunds,
    projects: facts.length > MOST_LISTED ? [] : facts.map((fact) => toProject(fact, rule, period)),
  }
}
