import type { BodyOf, GradeRule, routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { listFormulas } from '../repositories/formulas.repository.ts'
import type { NamedAct } from './act.ts'
import { keepFormula, toFormulaView } from './keep-formula.ts'

type Content = Pick<GradeRule, 'slowBehindPoints'>

/** Changes by what progress is graded from a month on. @throws version-mismatch, period-locked */
export const keepGradeRule = async (
  db: Kysely<DB>,
  { fromPeriod, reason, ...content }: BodyOf<typeof routes.putGradeRule>,
  act: NamedAct,
): Promise<GradeRule> => toFormulaView(await keepFormula<Content>(db, 'grades', { fromPeriod, content, reason }, act))

/** Every version, newest first. */
export const listGradeRules = async (db: Kysely<DB>): Promise<{ items: GradeRule[] }> => ({
  items: (await listFormulas<Content>(db, 'grades')).map(toFormulaView),
})
