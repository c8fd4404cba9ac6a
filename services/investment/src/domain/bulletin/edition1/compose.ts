import type { BulletinContent, BulletinHead, BulletinIssue } from '@tiaodu/types'
import { composeAnnexes } from './compose-annexes.ts'
import { composeClasses, composeGrades, composeOverall } from './compose-progress.ts'
import { composeRankings } from './compose-rankings.ts'
import { composeDifficulties, composeFiling, composeNextSteps } from './compose-work.ts'
import type { BulletinDocument } from './document.ts'
import { inDay } from './figures.ts'

const footOf = ({ reportTo, sendTo, editor, reviewer, issuer }: BulletinHead): string[] => [
  ...(reportTo === null ? [] : [`报：${reportTo}`]),
  ...(sendTo === null ? [] : [`送：${sendTo}`]),
  `编辑：${editor ?? '—'}　　审核：${reviewer ?? '—'}　　签发：${issuer ?? '—'}`,
]

/** The document of a month, out of nothing but what was frozen. */
export function compose(
  { region, issue }: Pick<BulletinContent, 'region'> & { readonly issue: BulletinIssue },
  isDraft: boolean,
): BulletinDocument {
  const { head } = issue
  return {
    masthead: head.masthead,
    number: `${head.year}年第${head.number}期`,
    organ: head.organ,
    issuedOn: inDay(head.issuedOn),
    title: head.title,
    notes: [...(isDraft ? ['草稿，未签发'] : []), ...(region.isSimulated ? ['演示数据'] : [])],
    blocks: [
      ...composeOverall(issue),
      ...composeClasses(issue.classes),
      ...composeRankings(issue.rankings),
      ...composeGrades(issue),
      ...composeDifficulties(issue),
      ...composeFiling(issue),
      ...composeNextSteps(issue),
    ],
    annexes: composeAnnexes(issue),
    foot: footOf(head),
  }
}
