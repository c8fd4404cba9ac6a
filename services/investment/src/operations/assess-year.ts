import {
  type Assessment,
  type AssessmentEntry,
  type AssessmentFormula,
  type BodyOf,
  monthsOfTerm,
  refuse,
  type routes,
  type SiteReview,
  termsOfYear,
} from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { assertAssessmentFormula, assertComplete, assertMark, assertUnpublished } from '../domain/assessment/rules.ts'
import { assessYear, listUnmarked } from '../domain/assessment/year.ts'
import type { DB } from '../generated/tables.ts'
import { listEntries } from '../repositories/assessment-entries.repository.ts'
import { findLastSealed, findSeal } from '../repositories/assessment-seals.repository.ts'
import { getFormulaOf, listFormulas, type StoredFormula } from '../repositories/formulas.repository.ts'
import { type AssessAct, readAssessedMonths, requireAllDue, requireReached } from './assess.ts'
import { readSites } from './assess-sites.ts'
import { keepEntry } from './keep-entry.ts'
import { keepFormula } from './keep-formula.ts'
import { publishTerm, readTerm } from './publish-assessment.ts'

type Content = Pick<AssessmentFormula, 'components'>
const SUBJECT = 'assessment'
const YEARS = '____'

const toFormula = ({ content, fromPeriod, ...head }: StoredFormula<Content>): AssessmentFormula => ({
  fromYear: Number(fromPeriod.slice(0, 4)),
  ...content,
  ...head,
})
const getFormula = async (db: Kysely<DB>, year: number) =>
  toFormula(await getFormulaOf<Content>(db, SUBJECT, `${year}-01`))

// A half that is published counts as it was published.
async function readHalf(trx: Transaction<DB>, half: string) {
  const seal = await findSeal(trx, half)
  const { groups } = seal === undefined ? await readSites(trx, half) : (JSON.parse(seal.content) as SiteReview)
  return { half, marks: new Map(groups.flatMap(({ rows }) => rows.map(({ key, mark }) => [key, mark] as const))) }
}

async function read(trx: Transaction<DB>, year: number, now: Date): Promise<Omit<Assessment, 'seal'>> {
  const formula = await getFormula(trx, year)
  const assessed = await readAssessedMonths(trx, monthsOfTerm(String(year)), now)
  const halves = []
  for (const half of termsOfYear(year, 'H')) halves.push(await readHalf(trx, half))
  const entries = await listEntries(trx, String(year))
  const groups = assessYear({ ...assessed, year, components: formula.components, halves, entries })
  return { year, months: [...assessed.months], formula, groups }
}

/** 全年总评, as it is now or as it was published. */
export const getAssessment = (db: Kysely<DB>, year: number, now: Date): Promise<Assessment> =>
  readTerm<Assessment>(db, String(year), now, (trx) => read(trx, year, now))

/** @throws not-found, outside-scope, validation-failed, assessment-published, version-mismatch */
export function putAssessmentMark(
  db: Kysely<DB>,
  { year, regionCode, component }: { readonly year: number; readonly regionCode: string; readonly component: string },
  { mark, reason }: BodyOf<typeof routes.putAssessmentMark>,
  act: AssessAct,
): Promise<AssessmentEntry> {
  requireReached(regionCode, act)
  assertMark(mark)
  const of = { term: String(year), subject: regionCode, topic: component }
  return keepEntry(db, of, { mark, text: reason }, act, async (trx) => {
    const { groups } = await read(trx, year, act.now)
    const row = groups.flatMap(({ rows }) => rows).find(({ key }) => key === regionCode)
    if (row === undefined)
      throw refuse('not-found', 'regionCode', {
        zh: '该区域本年没有已截止的月报',
        en: 'No month of the year that is due has this region',
      })
    if (!row.components.some(({ key, source }) => key === component && source === 'manual'))
      throw refuse('not-found', 'component', {
        zh: '考评办法中没有这项人工评分',
        en: 'The formula has no such component that is entered',
      })
  })
}

/** @throws period-not-due, assessment-incomplete */
export const publishAssessment = (db: Kysely<DB>, year: number, act: AssessAct) =>
  publishTerm<Assessment>(db, String(year), act, async (trx) => {
    const assessment = await read(trx, year, act.now)
    requireAllDue(monthsOfTerm(String(year)), { months: assessment.months })
    assertComplete(listUnmarked(assessment.groups))
    return assessment
  })

/** Every version of the formula, newest first. */
export const listAssessmentFormulas = async (db: Kysely<DB>): Promise<{ items: AssessmentFormula[] }> => ({
  items: (await listFormulas<Content>(db, SUBJECT)).map(toFormula),
})

/** @throws validation-failed, version-mismatch, assessment-published */
export async function keepAssessmentFormula(
  db: Kysely<DB>,
  { fromYear, components, reason }: BodyOf<typeof routes.putAssessmentFormula>,
  act: AssessAct,
): Promise<AssessmentFormula> {
  assertAssessmentFormula({ components })
  const assertFrom = async (trx: Transaction<DB>) =>
    assertUnpublished('fromYear', String(fromYear) <= ((await findLastSealed(trx, YEARS)) ?? ''))
  const change = { fromPeriod: `${fromYear}-01`, content: { components }, reason }
  return toFormula(await keepFormula<Content>(db, SUBJECT, change, act, { assertFrom }))
}
