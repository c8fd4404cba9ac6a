import { type BulletinClasses, type BulletinDuty, toPercent, yearOf } from '@tiaodu/types'
import { endOf, hasCompletedBy, hasStartedBy } from '../dated-duties.ts'
import { type BulletinFact, byText, toNamed } from './facts.ts'
import { toSlice } from './slices.ts'

interface Dates {
  readonly plannedOn: string | null
  readonly actualOn: string | null
  readonly isDone: boolean
}

const isIn = (year: number, on: string | null): boolean => on?.startsWith(`${year}-`) ?? false

/** 应…、已… of a year by the end of a month, with names. */
function toDuty(facts: readonly BulletinFact[], period: string, datesOf: (fact: BulletinFact) => Dates): BulletinDuty {
  const [year, endOn] = [yearOf(period), endOf(period)]
  const all = facts.map((fact) => ({ fact, ...datesOf(fact) }))
  const ofYear = all.filter(({ plannedOn }) => isIn(year, plannedOn))
  const due = ofYear.filter(({ plannedOn }) => (plannedOn ?? '') <= endOn)
  const done = due.filter(({ isDone }) => isDone)
  const early = all.filter(
    ({ plannedOn, actualOn, isDone }) => isDone && isIn(year, actualOn) && plannedOn !== null && plannedOn > endOn,
  )
  const toRow = ({ fact, plannedOn, actualOn }: (typeof all)[number]) => ({ ...toNamed(fact), plannedOn, actualOn })
  const byDay = (one: (typeof all)[number], other: (typeof all)[number]) =>
    byText(one.plannedOn ?? '', other.plannedOn ?? '') || byText(one.fact.projectId, other.fact.projectId)
  return {
    yearDue: ofYear.length,
    due: due.length,
    done: done.length,
    donePercent: toPercent(done.length, due.length),
    notDone: due
      .filter(({ isDone }) => !isDone)
      .sort(byDay)
      .map(toRow),
    early: early.sort(byDay).map(toRow),
  }
}

type ProjectClass = 'starting' | 'continuing' | 'completing' | 'preparing' | 'finished'

/**
 * The class of a project in the year of a month, by its dates: to start or started in it, else to be completed or
 * completed in it, else under way, else still before its start. One that was done before the year is in none.
 */
export function classOf(fact: BulletinFact, period: string): ProjectClass {
  const year = yearOf(period)
  if (isIn(year, fact.actualStartOn ?? fact.plannedStartOn)) return 'starting'
  if (isIn(year, fact.actualCompletionOn)) return 'completing'
  if (hasCompletedBy(fact, endOf(period))) return 'finished'
  if (isIn(year, fact.plannedCompletionOn)) return 'completing'
  return hasStartedBy(fact, endOf(period)) ? 'continuing' : 'preparing'
}

/** 新开工、续建、竣工、预备, with starts and completions that were due. */
export function toClasses(facts: readonly BulletinFact[], period: string): BulletinClasses {
  const endOn = endOf(period)
  const sliceOf = (key: ProjectClass, name: string) =>
    toSlice(
      key,
      name,
      facts.filter((fact) => classOf(fact, period) === key),
    )
  return {
    starting: sliceOf('starting', '新开工项目'),
    continuing: sliceOf('continuing', '续建项目'),
    completing: sliceOf('completing', '竣工项目'),
    preparing: sliceOf('preparing', '预备项目'),
    starts: toDuty(facts, period, (fact) => ({
      plannedOn: fact.plannedStartOn,
      actualOn: fact.actualStartOn,
      isDone: hasStartedBy(fact, endOn),
    })),
    completions: toDuty(facts, period, (fact) => ({
      plannedOn: fact.plannedCompletionOn,
      actualOn: fact.actualCompletionOn,
      isDone: hasCompletedBy(fact, endOn),
    })),
  }
}
