import type { AssessedComponent, Assessment, AssessmentComponent, AssessmentEntry, AssessmentRow } from '@tiaodu/types'
import { toScore } from '../ranking-measures.ts'
import { computeMark, type YearFacts } from './components.ts'
import { toPoints } from './means.ts'
import { type AssessedMonths, groupRows } from './regions.ts'

/** What a year is assessed from. */
export interface YearOf extends AssessedMonths {
  readonly year: number
  readonly components: readonly AssessmentComponent[]
  /** The marks of the on-site reviews, by half and region. */
  readonly halves: readonly { readonly half: string; readonly marks: ReadonlyMap<string, number | null> }[]
  /** The newest entry of each region and component. */
  readonly entries: readonly AssessmentEntry[]
}

const capped = (mark: number | null, atMost: number) => (mark === null ? null : Math.max(0, Math.min(mark, atMost)))

function assessComponent(
  component: AssessmentComponent,
  facts: YearFacts,
  entries: readonly AssessmentEntry[],
): AssessedComponent {
  const computed = computeMark(component.source, facts)
  const entry =
    component.source === 'manual'
      ? (entries.find(({ subject, topic }) => subject === facts.key && topic === component.key) ?? null)
      : null
  const mark = capped(entry === null ? computed.mark : entry.mark, component.atMost)
  return { ...component, ...computed, mark, points: toPoints(mark, component.weight), entry }
}

/** The rows of a year: each region's components, its score by their weights, and its rank among its peers. */
export function assessYear({ year, months, regions, components, halves, entries }: YearOf): Assessment['groups'] {
  const rows = regions.map((region) => {
    const { key, name, peerGroup } = region
    const facts: YearFacts = {
      ...{ year, key, lastPeriod: months.at(-1), months: region.months },
      halves: halves.map(({ half, marks }) => ({ half, mark: marks.get(key) ?? null })),
    }
    const assessed = components.map((component) => assessComponent(component, facts, entries))
    const { score, coveredWeight } = toScore(assessed.map(({ weight, mark }) => ({ weight, percent: mark })))
    const isSimulated =
      region.months.some(({ figures }) => figures.simulated > 0) ||
      assessed.some(({ entry }) => entry?.isSimulated === true)
    const row: Omit<AssessmentRow, 'rank'> = { key, name, score, coveredWeight, components: assessed, isSimulated }
    return { peerGroup, mark: score, row }
  })
  return groupRows(rows)
}

/** The marks that somebody has yet to enter, as `region.component`. */
export const listUnmarked = (groups: Assessment['groups']): string[] =>
  groups.flatMap(({ rows }) =>
    rows.flatMap(({ key, components }) =>
      components
        .filter(({ source, mark }) => source === 'manual' && mark === null)
        .map((component) => `${key}.${component.key}`),
    ),
  )
