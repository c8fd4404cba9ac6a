import { addDays, type ExcuseCause, refuse, toDateOn, toDateTimeText, toInstant } from '@tiaodu/types'
import { type Earlier, forbid, type Owed, type ReliefAct, type StoredRelief } from './relief.ts'

function requireNoneOpen({ hasOpen }: Earlier): void {
  if (hasOpen)
    throw refuse('already-exists', 'state', {
      zh: '上一项申请尚未审批',
      en: 'An earlier request is still to be decided',
    })
}

function requireBetween(untilOn: string, firstOn: string, lastOn: string): void {
  if (untilOn < firstOn || untilOn > lastOn)
    throw refuse('validation-failed', 'untilOn', {
      zh: firstOn > lastOn ? `按规则最晚为 ${lastOn}` : `应为 ${firstOn} 至 ${lastOn}`,
      en: firstOn > lastOn ? `By the rule ${lastOn} is the last day` : `It must be ${firstOn} to ${lastOn}`,
    })
}

type Asked = Pick<StoredRelief, 'kind' | 'reason' | 'untilAt'> & Partial<Pick<StoredRelief, 'cause' | 'evidence'>>

const toAsked = ({ projectId, period }: Owed, asked: Asked, { number }: Earlier, act: ReliefAct): StoredRelief => ({
  ...{ projectId, period, number: number + 1, state: 'asked', cause: null, evidence: [], ...asked },
  ...{ askedBy: act.actorId, askedByName: act.actorName, askedAt: act.now },
  ...{ decidedBy: null, decidedByName: null, decidedAt: null, decisionReason: null },
  ...{ revokedBy: null, revokedByName: null, revokedAt: null, revocationReason: null },
  isSimulated: act.isSimulated,
})

/** 延期上报 asked for, before the due instant. @throws period-past-due, already-exists, relief-forbidden, validation-failed */
export function decideExtensionAsk(
  owed: Owed,
  { untilOn, reason }: { readonly untilOn: string; readonly reason: string },
  earlier: Earlier,
  act: ReliefAct,
): StoredRelief {
  if (act.now >= owed.dueAt)
    throw refuse('period-past-due', 'period', {
      zh: `已于 ${toDateTimeText(owed.dueAt)} 截止，延期须在截止前提出`,
      en: `It was due at ${owed.dueAt.toISOString()}; an extension is asked for before`,
    })
  requireNoneOpen(earlier)
  if (owed.firstSubmittedAt !== null) throw forbid('state', '本期已经上报，无须延期', 'It was filed already')
  if (owed.extendAtMostDays === 0) throw forbid('untilOn', '按规则不予延期', 'The rule grants no extension')
  const [byRule, byLock] = [
    addDays(toDateOn(owed.cycleDueAt), owed.extendAtMostDays),
    addDays(toDateOn(owed.lockAt), -1),
  ]
  requireBetween(untilOn, addDays(toDateOn(owed.dueAt), 1), byRule < byLock ? byRule : byLock)
  const untilAt = toInstant(untilOn, toDateTimeText(owed.cycleDueAt).slice(11))
  return toAsked(owed, { kind: 'extension', reason, untilAt }, earlier, act)
}

const isLocked = ({ lockAt, reopenedUntil }: Owed, now: Date) =>
  now >= lockAt && !(reopenedUntil && now < reopenedUntil)

/** 重新开放 of a locked period asked for. @throws period-not-locked, already-exists, relief-forbidden, validation-failed */
export function decideReopeningAsk(
  owed: Owed,
  { untilOn, reason }: { readonly untilOn: string; readonly reason: string },
  earlier: Earlier,
  act: ReliefAct,
): StoredRelief {
  if (!isLocked(owed, act.now))
    throw refuse('period-not-locked', 'period', { zh: '本期尚可填报', en: 'It can still be filed' })
  requireNoneOpen(earlier)
  if (owed.reportState === 'submitted' || owed.reportState === 'approved')
    throw forbid('state', '本期已经上报；需要改动请申请更正或请审核人退回', 'It was filed already')
  if (owed.reopenAtMostDays === 0) throw forbid('untilOn', '按规则不予重新开放', 'The rule grants no reopening')
  const todayOn = toDateOn(act.now)
  requireBetween(untilOn, todayOn, addDays(todayOn, owed.reopenAtMostDays))
  return toAsked(owed, { kind: 'reopening', reason, untilAt: toInstant(addDays(untilOn, 1), '00:00') }, earlier, act)
}

/** An excuse, which counts from now on. @throws already-exists, relief-forbidden */
export function decideExcuse(
  owed: Owed,
  why: { readonly cause: ExcuseCause; readonly reason: string; readonly evidence: readonly string[] },
  earlier: Earlier,
  act: ReliefAct,
): StoredRelief {
  if (owed.excuse !== null)
    throw refuse('already-exists', 'cause', { zh: '已登记过正当理由', en: 'It is excused already' })
  if (owed.firstSubmittedAt !== null && owed.firstSubmittedAt <= owed.dueAt)
    throw forbid('state', '本期按时上报，无须登记', 'It was filed in time')
  const asked = toAsked(owed, { kind: 'excuse', untilAt: null, ...why }, earlier, act)
  return { ...asked, state: 'granted', decidedBy: act.actorId, decidedByName: act.actorName, decidedAt: act.now }
}
