import type { BodyOf, LightRule, routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { assertLightRule } from '../domain/light-rule.ts'
import type { LightThresholds } from '../domain/lights.ts'
import type { DB } from '../generated/tables.ts'
import { LIGHT_RULE, listFormulas } from '../repositories/formulas.repository.ts'
import { markAll } from '../repositories/marks.repository.ts'
import type { NamedAct } from './act.ts'
import { keepFormula, toFormulaView } from './keep-formula.ts'

/** Changes what lights are judged by from a month on. @throws validation-failed, version-mismatch, period-locked */
export async function keepLightRule(
  db: Kysely<DB>,
  { reason, fromPeriod, ...content }: BodyOf<typeof routes.putLightRule>,
  act: NamedAct,
): Promise<LightRule> {
  assertLightRule(content)
  const change = { fromPeriod, content, reason }
  const kept = await keepFormula<LightThresholds>(db, LIGHT_RULE, change, act, {
    follow: (trx) => markAll(trx, fromPeriod),
  })
  return toFormulaView(kept)
}

/** Every version, newest first. */
export const listLightRules = async (db: Kysely<DB>): Promise<{ items: LightRule[] }> => ({
  items: (await listFormulas<LightThresholds>(db, LIGHT_RULE)).map(toFormulaView),
})
