import { type BodyOf, type DeclaredLight, ProblemError, refuse, type routes, toDateTimeText } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { findCycle } from '../repositories/cycles.repository.ts'
import { insertDeclaration, lockDeclarations } from '../repositories/lights.repository.ts'
import { markFrom } from '../repositories/marks.repository.ts'
import { assertVersion, type NamedAct } from './act.ts'

/** What a unit says of a project of its own in a month. @throws period-not-open, period-locked, version-mismatch */
export const declareLight = (
  db: Kysely<DB>,
  of: { readonly projectId: string; readonly period: string },
  declared: BodyOf<typeof routes.declareLight>,
  act: NamedAct,
): Promise<DeclaredLight> =>
  db.transaction().execute(async (trx) => {
    const cycle = await findCycle(trx, of.period)
    if (cycle === undefined)
      throw refuse('period-not-open', 'period', {
        zh: '该月报期尚未开放',
        en: 'The cycle of this period was not opened',
      })
    if (act.now >= cycle.lockAt)
      throw new ProblemError('period-locked', {
        zh: `已于 ${toDateTimeText(cycle.lockAt)} 锁定`,
        en: `Locked at ${cycle.lockAt.toISOString()}`,
      })
    const current = await lockDeclarations(trx, of.projectId, of.period)
    assertVersion(current, act)
    const { now, actorId, actorName } = act
    const next = { ...declared, version: current + 1, at: now.toISOString(), actorId, actorName }
    await insertDeclaration(trx, of, next)
    await markFrom(trx, of.projectId, of.period)
    return next
  })
