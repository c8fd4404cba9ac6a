import {
  COMPARISON_CODES,
  COMPARISONS,
  type ComparisonPart,
  type ComparisonPartCode,
  type ComparisonTable,
  toPercent,
  yearOf,
} from '@tiaodu/types'
import { toRanks } from './completion-ranks.ts'
import { endOf } from './dated-duties.ts'
import { toScore } from './ranking-measures.ts'
import { TWELFTHS } from './schedule.ts'
import { isFrom, type StageEntry, stageOn, wasAt } from './stage-history.ts'

/** What the comparisons know of a project in a month. */
export interface ComparedProject {
  /** Of the region or unit in which it counts. */
  readonly key: string
  readonly totalInvestmentYuan: number
  readonly yearYuan: number
  readonly scheduledTwelfths: number
  readonly isStartDue: boolean
  readonly isStarted: boolean
  /** Has started, whenever it was due. */
  readonly hasStarted: boolean
  readonly entries: readonly StageEntry[]
  readonly difficultiesDue: number
  readonly difficultiesInTime: number
  readonly slips: number
  readonly slipsSettled: number
}

/** A region or unit, with whom it is compared and what it filed in the year so far. */
export interface ComparedPeer {
  readonly key: string
  readonly name: string
  readonly peerGroup: string | null
  readonly expected: number
  readonly onTime: number
}

type Counted = readonly [numerator: number, denominator: number]

const sum = (projects: readonly ComparedProject[], of: (project: ComparedProject) => number) =>
  projects.reduce((total, project) => total + of(project), 0)

/** Every part of the comparisons for one peer. */
export function countParts(
  peer: Pick<ComparedPeer, 'expected' | 'onTime'>,
  projects: readonly ComparedProject[],
  period: string,
): Readonly<Record<ComparisonPartCode, Counted>> {
  const span = { fromOn: `${yearOf(period)}-01-01`, toOn: endOf(period) }
  const cohort = (stage: StageEntry['stage']) => projects.filter(({ entries }) => wasAt(entries, stage, span))
  const beyond = (those: readonly ComparedProject[], stage: StageEntry['stage']) =>
    those.filter(({ entries }) => isFrom(stageOn(entries, span.toOn), stage))
  const total = (those: readonly ComparedProject[]) => sum(those, (project) => project.totalInvestmentYuan)
  const [planned, preliminary, signed] = [cohort('planning'), cohort('preliminary'), cohort('signed')]
  const [reserved, converted] = [beyond(planned, 'reserve'), beyond(preliminary, 'newlyStarted')]
  const building = projects.filter(({ hasStarted }) => hasStarted)
  const due = projects.filter(({ isStartDue }) => isStartDue)
  return {
    reserved: [reserved.length, planned.length],
    reservedYuan: [total(reserved), total(planned)],
    converted: [converted.length, preliminary.length],
    convertedYuan: [total(converted), total(preliminary)],
    investedYuan: [sum(signed, ({ yearYuan }) => yearYuan), total(signed)],
    signedStarted: [beyond(signed, 'newlyStarted').length, signed.length],
    scheduledYuan: [
      sum(building, ({ yearYuan }) => yearYuan),
      Math.round(sum(building, ({ scheduledTwelfths }) => scheduledTwelfths) / TWELFTHS),
    ],
    started: [due.filter(({ isStarted }) => isStarted).length, due.length],
    difficultiesInTime: [
      sum(projects, (project) => project.difficultiesInTime),
      sum(projects, (project) => project.difficultiesDue),
    ],
    slipsSettled: [sum(projects, (project) => project.slipsSettled), sum(projects, (project) => project.slips)],
    filedInTime: [peer.onTime, peer.expected],
  }
}

type Groups = ComparisonTable['groups']
type Row = Groups[number]['rows'][number]

function rankRows(rows: readonly Row[]): Row[] {
  const ranks = toRanks(rows.map(({ percent }) => percent))
  return rows
    .map((row, at) => ({ ...row, rank: ranks[at] ?? null }))
    .sort((one, other) => (one.rank ?? Infinity) - (other.rank ?? Infinity) || (one.key < other.key ? -1 : 1))
}

function groupByKey(projects: readonly ComparedProject[]): Map<string, ComparedProject[]> {
  const groups = new Map<string, ComparedProject[]>()
  for (const project of projects) {
    const those = groups.get(project.key)
    if (those === undefined) groups.set(project.key, [project])
    else those.push(project)
  }
  return groups
}

/** The five comparisons, the peers of each group ranked by themselves. */
export function compare(
  peers: readonly ComparedPeer[],
  projects: readonly ComparedProject[],
  period: string,
): ComparisonTable[] {
  const byKey = groupByKey(projects)
  const counted = peers.map((peer) => ({ peer, counts: countParts(peer, byKey.get(peer.key) ?? [], period) }))
  const peerGroups = [...new Set(peers.map(({ peerGroup }) => peerGroup))]
  return COMPARISON_CODES.map((comparison) => {
    const weights = Object.entries(COMPARISONS[comparison].parts) as [ComparisonPartCode, 0 | 1][]
    const toRow = ({ peer, counts }: (typeof counted)[number]): Row => {
      const parts = weights.map(([part, weight]): ComparisonPart => {
        const [numerator, denominator] = counts[part]
        return { part, weight, numerator, denominator, percent: toPercent(numerator, denominator) }
      })
      const { score } = toScore(parts.filter(({ weight }) => weight > 0))
      return { key: peer.key, name: peer.name, rank: null, percent: score, parts }
    }
    return {
      comparison,
      groups: peerGroups.map((peerGroup) => ({
        peerGroup,
        rows: rankRows(counted.filter(({ peer }) => peer.peerGroup === peerGroup).map(toRow)),
      })),
    }
  })
}
