import { appendEvents } from '@tiaodu/messaging/outbox'
import { type EventPayload, type Relief, refuse } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { applyRelief, type ReliefAct, type StoredRelief } from '../domain/relief.ts'
import type { DB } from '../generated/tables.ts'
import { findCycle } from '../repositories/cycles.repository.ts'
import { lockObligation, type StoredObligation, saveObligation } from '../repositories/obligations.repository.ts'
import { findNames } from '../repositories/projects.repository.ts'
import { listReliefsOf, type NamedRelief, saveRelief } from '../repositories/reliefs.repository.ts'

/** Whose obligation. */
export interface OfObligation {
  readonly id: string
  readonly period: string
}

/** The API's answer about a relief. */
export const toReliefView = ({ untilAt, askedAt, decidedAt, revokedAt, evidence, ...relief }: NamedRelief): Relief => ({
  ...relief,
  evidence: [...evidence],
  untilAt: untilAt?.toISOString() ?? null,
  askedAt: askedAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
  revokedAt: revokedAt?.toISOString() ?? null,
})

async function requireObligation(trx: Transaction<DB>, { id, period }: OfObligation): Promise<StoredObligation> {
  const obligation = await lockObligation(trx, id, period)
  if (obligation !== undefined) return obligation
  if ((await findCycle(trx, period)) === undefined)
    throw refuse('period-not-open', 'period', { zh: '该月报期尚未开放', en: 'The cycle of this period was not opened' })
  throw refuse('no-obligation', 'id', {
    zh: '该项目本期无需报送',
    en: 'This project has nothing to report for the period',
  })
}

type What = EventPayload<'obligation.changed.v1'>['what']
const WHATS: Readonly<Record<StoredRelief['kind'], { readonly granted: What; readonly revoked: What }>> = {
  extension: { granted: 'extended', revoked: 'extended' },
  reopening: { granted: 'reopened', revoked: 'reopeningRevoked' },
  excuse: { granted: 'excused', revoked: 'excuseRevoked' },
}

/** Carries what was granted or revoked into the obligation, the roll-ups and the outbox. */
async function changeObligation(
  trx: Transaction<DB>,
  before: StoredObligation,
  relief: StoredRelief & { readonly state: 'granted' | 'revoked' },
  now: Date,
): Promise<void> {
  const after = { ...before, ...applyRelief(relief, before), revision: before.revision + 1 }
  await saveObligation(trx, after)
  const { id: obligationId, projectId, unitId, period, revision, dueAt, reopenedUntil } = after
  const lockAt = reopenedUntil !== null && reopenedUntil > after.lockAt ? reopenedUntil : after.lockAt
  const payload = {
    ...{ obligationId, projectId, unitId, period, revision },
    what: WHATS[relief.kind][relief.state],
    changedAt: now.toISOString(),
    dueAt: dueAt.toISOString(),
    lockAt: lockAt.toISOString(),
    isExcused: after.excuse !== null,
  }
  await appendEvents(trx, [{ name: 'obligation.changed.v1', payload }], now)
}

const isInForce = (relief: StoredRelief): relief is StoredRelief & { state: 'granted' | 'revoked' } =>
  relief.state === 'granted' || relief.state === 'revoked'

/** Decides about the reliefs of an obligation, which nobody else changes meanwhile, and carries out what is in force. */
export const changeRelief = (
  db: Kysely<DB>,
  of: OfObligation,
  { now }: ReliefAct,
  decide: (obligation: StoredObligation, earlier: readonly StoredRelief[]) => StoredRelief,
): Promise<Relief> =>
  db.transaction().execute(async (trx) => {
    const obligation = await requireObligation(trx, of)
    const relief = decide(obligation, await listReliefsOf(trx, of.id, of.period))
    await saveRelief(trx, relief)
    if (isInForce(relief)) await changeObligation(trx, obligation, relief, now)
    return toReliefView({ ...relief, ...(await findNames(trx, of.id)) })
  })
