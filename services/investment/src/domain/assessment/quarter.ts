import type { AssessmentEntry, QuarterComments } from '@tiaodu/types'
import { meanOf } from './means.ts'
import { groupRows, type RegionMonths, toScoreTerms } from './regions.ts'

/** The regions of a quarter by the mean of their months, with what is said of them. */
export function assessQuarter(
  regions: readonly RegionMonths[],
  comments: readonly AssessmentEntry[],
): QuarterComments['groups'] {
  const rows = regions.map(({ key, name, peerGroup, months }) => {
    const mark = meanOf(months.map(({ score }) => score))
    const comment = comments.find(({ subject, text }) => subject === key && text !== '') ?? null
    const isSimulated = months.some(({ figures }) => figures.simulated > 0) || comment?.isSimulated === true
    return { peerGroup, mark, row: { key, name, mark, months: toScoreTerms(months), comment, isSimulated } }
  })
  return groupRows(rows)
}

/** The regions of which nothing is said yet. */
export const listUncommented = (groups: QuarterComments['groups']): string[] =>
  groups.flatMap(({ rows }) => rows.filter(({ comment }) => comment === null).map(({ key }) => key))
