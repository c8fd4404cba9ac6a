import { fromCursor, toPage } from '@tiaodu/service'
import type { BodyOf, CycleRule, QueryOf, routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { assertKeepable, isSameRule } from '../domain/cycle-rule.ts'
import type { DB } from '../generated/tables.ts'
import { getRuleAt, insertRule, listRules, lockRule } from '../repositories/cycle-rules.repository.ts'
import { assertVersion, type NamedAct } from './act.ts'

/** A new version of the cycle rule; the same rule again changes nothing. @throws version-mismatch, validation-failed */
export const keepCycleRule = (
  db: Kysely<DB>,
  { reason, ...fields }: BodyOf<typeof routes.putCycleRule>,
  act: NamedAct,
): Promise<CycleRule> =>
  db.transaction().execute(async (trx) => {
    assertKeepable(fields)
    const current = await lockRule(trx)
    assertVersion(current.version, act)
    if (isSameRule(current, fields)) return current
    const { now, actorId, actorName } = act
    const rule = { ...fields, version: current.version + 1, at: now.toISOString(), actorId, actorName, reason }
    await insertRule(trx, rule)
    return rule
  })

/** The rule in force. */
export const getCycleRule = (db: Kysely<DB>, now: Date): Promise<CycleRule> => getRuleAt(db, now)

/** A page of the versions of the cycle rule, newest first. */
export async function listCycleRulePage(db: Kysely<DB>, { cursor, limit = 20 }: QueryOf<typeof routes.listCycleRules>) {
  const before = cursor === undefined ? null : Number(fromCursor(cursor, ['count'])[0])
  return toPage<CycleRule>(await listRules(db, before, limit + 1), limit, ({ version }) => [String(version)])
}
