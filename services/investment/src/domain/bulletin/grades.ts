import { type BulletinGrades, type BulletinLagging, type GradeRule, type ProgressGrade, toPercent } from '@tiaodu/types'
import { endOf, hasCompletedBy } from '../dated-duties.ts'
import { TWELFTHS } from '../schedule.ts'
import { type BulletinFact, byText, toNamed } from './facts.ts'

type Rule = Pick<GradeRule, 'slowBehindPoints'>

/** 进展评价 of a project with an annual plan: done is done, else nothing done, else by how far it is behind. */
export function gradeOf(fact: BulletinFact, rule: Rule, period: string): ProgressGrade | null {
  if (fact.plannedYuan === 0) return null
  if (fact.yearYuan >= fact.plannedYuan || hasCompletedBy(fact, endOf(period))) return 'completed'
  if (fact.yearYuan <= 0 && fact.scheduledTwelfths > 0) return 'none'
  // Exact: behind by more than n points of the plan, in twelfths of a yuan.
  const behindTwelfths = fact.scheduledTwelfths - fact.yearYuan * TWELFTHS
  return behindTwelfths * 100 > rule.slowBehindPoints * fact.plannedYuan * TWELFTHS ? 'slow' : 'smooth'
}

function toLagging(fact: BulletinFact): BulletinLagging {
  const scheduledYuan = Math.round(fact.scheduledTwelfths / TWELFTHS)
  return {
    ...toNamed(fact),
    scheduledYuan,
    completedYuan: fact.yearYuan,
    shortYuan: scheduledYuan - fact.yearYuan,
    completionPercent: toPercent(fact.yearYuan, fact.plannedYuan),
    scheduledPercent: toPercent(fact.scheduledTwelfths, fact.plannedYuan * TWELFTHS),
  }
}

/** 已完成、进展顺利、进展缓慢、无进展: counts, and those that lag by name, who is short of most first. */
export function toGrades(facts: readonly BulletinFact[], rule: GradeRule, period: string): BulletinGrades {
  const graded = facts.map((fact) => ({ fact, grade: gradeOf(fact, rule, period) }))
  const of = (wanted: ProgressGrade | null) => graded.filter(({ grade }) => grade === wanted).map(({ fact }) => fact)
  const lagging = (grade: ProgressGrade) =>
    of(grade)
      .map(toLagging)
      .sort((one, other) => other.shortYuan - one.shortYuan || byText(one.projectId, other.projectId))
  return {
    rule,
    counts: {
      completed: of('completed').length,
      smooth: of('smooth').length,
      slow: of('slow').length,
      none: of('none').length,
    },
    ungraded: of(null).length,
    slow: lagging('slow'),
    none: lagging('none'),
  }
}
