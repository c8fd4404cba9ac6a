import type { Kysely, Transaction } from 'kysely'
import { isSame } from '../domain/is-same.ts'
import { assertUnlocked } from '../domain/ranking-formula.ts'
import type { DB } from '../generated/tables.ts'
import { findLastLocked } from '../repositories/cycles.repository.ts'
import {
  type FormulaHead,
  insertFormula,
  lockFormula,
  type StoredFormula,
} from '../repositories/formulas.repository.ts'
import { assertVersion, type NamedAct } from './act.ts'

/** A rule counts from a month on that is not locked. @throws period-locked */
const assertMonthOpen = async (trx: Transaction<DB>, fromPeriod: string, { now }: NamedAct): Promise<void> =>
  assertUnlocked(fromPeriod, await findLastLocked(trx, now))

interface Around {
  /** From when on a version may count, when it is not any month that is not locked. */
  readonly assertFrom?: typeof assertMonthOpen
  /** What a new version brings about. */
  readonly follow?: (trx: Transaction<DB>) => Promise<void>
}

/** A new version of a rule that is data; the same rule again changes nothing. @throws version-mismatch, and what `assertFrom` does */
export const keepFormula = <Content extends object>(
  db: Kysely<DB>,
  subject: string,
  change: { readonly fromPeriod: string; readonly content: Content; readonly reason: string },
  act: NamedAct,
  { assertFrom = assertMonthOpen, follow }: Around = {},
): Promise<StoredFormula<Content>> =>
  db.transaction().execute(async (trx) => {
    const current = await lockFormula<Content>(trx, subject)
    assertVersion(current.version, act)
    if (current.fromPeriod === change.fromPeriod && isSame(current.content, change.content)) return current
    await assertFrom(trx, change.fromPeriod, act)
    const { now, actorId, actorName } = act
    const next = { ...change, version: current.version + 1, at: now.toISOString(), actorId, actorName }
    await insertFormula(trx, subject, next)
    await follow?.(trx)
    return next
  })

/** A version as the API tells it: what it says beside who, when and why. */
export const toFormulaView = <Content extends object>({
  content,
  ...head
}: StoredFormula<Content>): Content & FormulaHead => ({ ...content, ...head })
