import { type LightExemption, type NewExemption, refuse } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import {
  decideEnd,
  decideExemption,
  decideWithdrawal,
  type ExemptionAct,
  type StoredExemption,
} from '../domain/exemption.ts'
import type { DB } from '../generated/tables.ts'
import { findLastLocked } from '../repositories/cycles.repository.ts'
import { listExemptionsOf, lockExemptions, saveExemption } from '../repositories/exemptions.repository.ts'
import { markFrom } from '../repositories/marks.repository.ts'
import { assertVersion, type NamedAct } from './act.ts'

const toView = ({ recordedAt, closedAt, ...exemption }: StoredExemption): LightExemption => ({
  ...exemption,
  recordedAt: recordedAt.toISOString(),
  closedAt: closedAt?.toISOString() ?? null,
})

/** Every exemption of a project, newest first. */
export const listExemptions = async (db: Kysely<DB>, projectId: string): Promise<{ items: LightExemption[] }> => ({
  items: (await listExemptionsOf(db, projectId)).map(toView),
})

const decide = (
  db: Kysely<DB>,
  projectId: string,
  act: NamedAct,
  decision: (others: readonly StoredExemption[], act: ExemptionAct) => StoredExemption,
): Promise<LightExemption> =>
  db.transaction().execute(async (trx: Transaction<DB>) => {
    await lockExemptions(trx, projectId)
    const lastLocked = await findLastLocked(trx, act.now)
    const decided = decision(await listExemptionsOf(trx, projectId), { ...act, lastLocked })
    await saveExemption(trx, decided)
    await markFrom(trx, projectId, decided.fromPeriod)
    return toView(decided)
  })

/** Exempts a project for some months. @throws validation-failed, period-locked, already-exists */
export const recordExemption = (db: Kysely<DB>, projectId: string, entered: NewExemption, act: NamedAct) =>
  decide(db, projectId, act, (others, by) => decideExemption({ id: uuidv7(), projectId }, entered, others, by))

const findIn = (exemptions: readonly StoredExemption[], id: string, act: NamedAct): StoredExemption => {
  const found = exemptions.find((one) => one.id === id)
  if (found === undefined)
    throw refuse('not-found', 'exemptionId', { zh: '没有这条豁免', en: 'There is no such exemption' })
  assertVersion(found.version, act)
  return found
}

interface OfExemption {
  readonly id: string
  readonly exemptionId: string
}

/** Ends an exemption earlier. @throws not-found, version-mismatch, exemption-closed, validation-failed, period-locked */
export const endExemption = (
  db: Kysely<DB>,
  { id, exemptionId }: OfExemption,
  ending: { readonly untilPeriod: string; readonly reason: string },
  act: NamedAct,
) => decide(db, id, act, (all, by) => decideEnd(findIn(all, exemptionId, act), ending, by))

/** Takes an exemption back. @throws not-found, version-mismatch, exemption-closed, period-locked */
export const withdrawExemption = (db: Kysely<DB>, { id, exemptionId }: OfExemption, reason: string, act: NamedAct) =>
  decide(db, id, act, (all, by) => decideWithdrawal(findIn(all, exemptionId, act), reason, by))
