import { ProblemError, refuse, toDateTimeText } from '@tiaodu/types'
import { forbid, type Owed, type ReliefAct, type StoredRelief } from './relief.ts'

function requireOpen({ state }: StoredRelief): void {
  if (state !== 'asked') throw refuse('relief-decided', 'state', { zh: '该申请已有结果', en: 'It was decided before' })
}

function requireOther({ askedBy }: StoredRelief, { actorId }: ReliefAct): void {
  if (askedBy !== null && askedBy === actorId) throw new ProblemError('own-request')
}

/** The relief granted. @throws relief-decided, own-request, period-locked, relief-forbidden */
export function decideGrant(relief: StoredRelief, owed: Owed, act: ReliefAct): StoredRelief {
  requireOpen(relief)
  requireOther(relief, act)
  if (relief.kind === 'extension' && act.now >= owed.lockAt)
    throw refuse('period-locked', 'period', {
      zh: `该月报期已于 ${toDateTimeText(owed.lockAt)} 锁定`,
      en: `The period was locked at ${owed.lockAt.toISOString()}`,
    })
  if (relief.kind === 'reopening' && relief.untilAt !== null && act.now >= relief.untilAt)
    throw forbid('untilAt', '申请的开放期限已过', 'The day that was asked for has passed')
  return { ...relief, state: 'granted', decidedBy: act.actorId, decidedByName: act.actorName, decidedAt: act.now }
}

/** The relief refused. @throws relief-decided, own-request */
export function decideReliefRefusal(relief: StoredRelief, reason: string, act: ReliefAct): StoredRelief {
  requireOpen(relief)
  requireOther(relief, act)
  const { actorId: decidedBy, actorName: decidedByName, now: decidedAt } = act
  return { ...relief, state: 'refused', decidedBy, decidedByName, decidedAt, decisionReason: reason }
}

/** The request taken back. @throws relief-decided */
export function decideReliefWithdrawal(relief: StoredRelief, act: ReliefAct): StoredRelief {
  requireOpen(relief)
  return { ...relief, state: 'withdrawn', decidedBy: act.actorId, decidedByName: act.actorName, decidedAt: act.now }
}

/** A reopening or an excuse taken back; what was filed meanwhile stays. @throws relief-forbidden */
export function decideRevocation(relief: StoredRelief, reason: string, act: ReliefAct): StoredRelief {
  if (relief.state !== 'granted' || relief.kind === 'extension')
    throw forbid('state', '只有已同意的重新开放和正当理由可以撤销', 'Only a granted reopening or excuse is revoked')
  if (relief.untilAt !== null && act.now >= relief.untilAt)
    throw forbid('untilAt', '重新开放的期限已过', 'The reopening has ended by itself')
  const { actorId: revokedBy, actorName: revokedByName, now: revokedAt } = act
  return { ...relief, state: 'revoked', revokedBy, revokedByName, revokedAt, revocationReason: reason }
}
