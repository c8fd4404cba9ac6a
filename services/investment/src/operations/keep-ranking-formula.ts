import type { BodyOf, RankedKind, RankingFormula, RankingFormulaFields, routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { assertFormula } from '../domain/ranking-formula.ts'
import type { DB } from '../generated/tables.ts'
import { getFormulaOf, listFormulas } from '../repositories/formulas.repository.ts'
import type { NamedAct } from './act.ts'
import { keepFormula, toFormulaView } from './keep-formula.ts'

type Content = Omit<RankingFormulaFields, 'fromPeriod'>
const subjectOf = (of: RankedKind) => `ranking ${of}`

/** Changes how it is ranked from a month on. @throws validation-failed, version-mismatch, period-locked */
export async function keepRankingFormula(
  db: Kysely<DB>,
  of: RankedKind,
  { reason, ...fields }: BodyOf<typeof routes.putRankingFormula>,
  act: NamedAct,
): Promise<RankingFormula> {
  assertFormula(fields)
  const { fromPeriod, ...content } = fields
  return toFormulaView(await keepFormula<Content>(db, subjectOf(of), { fromPeriod, content, reason }, act))
}

/** How it is ranked in a period. */
export const getRankingFormula = async (db: Kysely<DB>, of: RankedKind, period: string): Promise<RankingFormula> =>
  toFormulaView(await getFormulaOf<Content>(db, subjectOf(of), period))

/** Every version, newest first. */
export const listRankingFormulas = async (db: Kysely<DB>, of: RankedKind): Promise<{ items: RankingFormula[] }> => ({
  items: (await listFormulas<Content>(db, subjectOf(of))).map(toFormulaView),
})
