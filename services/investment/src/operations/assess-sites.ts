import {
  type AssessmentEntry,
  type BodyOf,
  monthsOfTerm,
  type routes,
  type SiteReview,
  type SiteReviewRule,
} from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { requireReason } from '../domain/annual-plan.ts'
import { assertComplete, assertMark, assertUnpublished } from '../domain/assessment/rules.ts'
import { assessSites } from '../domain/assessment/site.ts'
import type { DB } from '../generated/tables.ts'
import { listEntries } from '../repositories/assessment-entries.repository.ts'
import { findLastSealed } from '../repositories/assessment-seals.repository.ts'
import { getFormulaOf, listFormulas, type StoredFormula } from '../repositories/formulas.repository.ts'
import { listSeenProjects } from '../repositories/site-projects.repository.ts'
import type { AssessAct } from './assess.ts'
import { keepEntry } from './keep-entry.ts'
import { keepFormula } from './keep-formula.ts'
import { publishTerm, readTerm } from './publish-assessment.ts'

type Content = Pick<SiteReviewRule, 'dropFrom'>
const SUBJECT = 'site review'
const HALVES = '____-H_'
const SECOND_HALF = '07'

const firstMonthOf = (half: string) => monthsOfTerm(half)[0] ?? ''
const toRule = ({ content, fromPeriod, ...head }: StoredFormula<Content>): SiteReviewRule => ({
  fromHalf: `${fromPeriod.slice(0, 4)}-H${fromPeriod.slice(5) < SECOND_HALF ? 1 : 2}`,
  ...content,
  ...head,
})

/** What a half year's panel has made, as it is now. */
export async function readSites(trx: Transaction<DB>, half: string): Promise<Omit<SiteReview, 'seal'>> {
  const rule = toRule(await getFormulaOf<Content>(trx, SUBJECT, firstMonthOf(half)))
  const [seen, entries] = [await listSeenProjects(trx, half), await listEntries(trx, half)]
  return { half, rule, groups: assessSites(seen, entries, rule.dropFrom) }
}

/** 半年观摩, as it is now or as it was published. */
export const getSiteReview = (db: Kysely<DB>, half: string, now: Date): Promise<SiteReview> =>
  readTerm<SiteReview>(db, half, now, (trx) => readSites(trx, half))

/** @throws validation-failed, assessment-published, version-mismatch */
export function putSiteMark(
  db: Kysely<DB>,
  { half, id }: { readonly half: string; readonly id: string },
  { judge, mark, reason }: BodyOf<typeof routes.putSiteMark>,
  act: AssessAct,
): Promise<AssessmentEntry> {
  assertMark(mark)
  const of = { term: half, subject: id, topic: judge }
  return keepEntry(db, of, { mark, text: reason ?? '' }, act, async (_trx, current) => requireReason(current, reason))
}

/** @throws assessment-incomplete */
export const publishSiteReview = (db: Kysely<DB>, half: string, act: AssessAct) =>
  publishTerm<SiteReview>(db, half, act, async (trx) => {
    const review = await readSites(trx, half)
    assertComplete(review.groups.length === 0 ? ['marks'] : [])
    return review
  })

/** Every version of the rule, newest first. */
export const listSiteReviewRules = async (db: Kysely<DB>): Promise<{ items: SiteReviewRule[] }> => ({
  items: (await listFormulas<Content>(db, SUBJECT)).map(toRule),
})

/** @throws version-mismatch, assessment-published */
export const keepSiteReviewRule = async (
  db: Kysely<DB>,
  { fromHalf, dropFrom, reason }: BodyOf<typeof routes.putSiteReviewRule>,
  act: AssessAct,
): Promise<SiteReviewRule> => {
  const change = { fromPeriod: firstMonthOf(fromHalf), content: { dropFrom }, reason }
  const assertFrom = async (trx: Transaction<DB>) =>
    assertUnpublished('fromHalf', fromHalf <= ((await findLastSealed(trx, HALVES)) ?? ''))
  return toRule(await keepFormula<Content>(db, SUBJECT, change, act, { assertFrom }))
}
