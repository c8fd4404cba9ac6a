import { type LightExemption, type NewExemption, ProblemError, refuse, type Words } from '@tiaodu/types'

/** An exemption as it is stored. */
export interface StoredExemption extends Omit<LightExemption, 'recordedAt' | 'closedAt'> {
  readonly recordedAt: Date
  readonly closedAt: Date | null
}

/** Who decides, when, and which is the newest month that is locked. */
export interface ExemptionAct {
  readonly now: Date
  readonly actorId: string | null
  readonly actorName: string
  readonly lastLocked: string | undefined
}

const isLocked = (period: string, lastLocked: string | undefined) => lastLocked !== undefined && period <= lastLocked

const locked = (field: string, lastLocked: string | undefined, reason: Words) =>
  new ProblemError('period-locked', { zh: `${lastLocked} 已锁定`, en: `${lastLocked} is locked` }, [{ field, reason }])

/** An exemption of months that are not locked and that no other one covers. @throws validation-failed, period-locked, already-exists */
export function decideExemption(
  about: { readonly id: string; readonly projectId: string },
  entered: NewExemption,
  others: readonly StoredExemption[],
  { now, actorId, actorName, lastLocked }: ExemptionAct,
): StoredExemption {
  const { fromPeriod, untilPeriod } = entered
  if (untilPeriod < fromPeriod)
    throw refuse('validation-failed', 'untilPeriod', {
      zh: '不能早于起始月',
      en: 'It cannot be before the first month',
    })
  if (isLocked(fromPeriod, lastLocked))
    throw locked('fromPeriod', lastLocked, { zh: `须晚于 ${lastLocked}`, en: `It must be after ${lastLocked}` })
  const other = others.find(
    (one) => one.state !== 'withdrawn' && one.fromPeriod <= untilPeriod && fromPeriod <= one.untilPeriod,
  )
  if (other !== undefined)
    throw refuse('already-exists', 'fromPeriod', {
      zh: `${other.fromPeriod} 至 ${other.untilPeriod} 已有豁免`,
      en: `There is an exemption from ${other.fromPeriod} until ${other.untilPeriod}`,
    })
  const closed = { closedAt: null, closedBy: null, closedReason: null }
  return { ...about, ...entered, state: 'recorded', recordedAt: now, actorId, actorName, ...closed, version: 1 }
}

const assertOpen = ({ state }: StoredExemption): void => {
  if (state !== 'recorded') throw new ProblemError('exemption-closed')
}

const close = (exemption: StoredExemption, reason: string, { now, actorName }: ExemptionAct) => ({
  ...exemption,
  closedAt: now,
  closedBy: actorName,
  closedReason: reason,
  version: exemption.version + 1,
})

/** Ends it with an earlier month; what is locked stays exempt. @throws exemption-closed, validation-failed, period-locked */
export function decideEnd(
  exemption: StoredExemption,
  { untilPeriod, reason }: { readonly untilPeriod: string; readonly reason: string },
  act: ExemptionAct,
): StoredExemption {
  assertOpen(exemption)
  if (untilPeriod < exemption.fromPeriod || untilPeriod >= exemption.untilPeriod)
    throw refuse('validation-failed', 'untilPeriod', {
      zh: `应不早于 ${exemption.fromPeriod} 且早于 ${exemption.untilPeriod}`,
      en: `It must be ${exemption.fromPeriod} or later and before ${exemption.untilPeriod}`,
    })
  if (act.lastLocked !== undefined && untilPeriod < act.lastLocked)
    throw locked('untilPeriod', act.lastLocked, {
      zh: `不能早于 ${act.lastLocked}`,
      en: `It cannot be before ${act.lastLocked}`,
    })
  return { ...close(exemption, reason, act), state: 'ended', untilPeriod }
}

/** Takes it back as if it had not been. @throws exemption-closed, period-locked when a month of it is locked */
export function decideWithdrawal(exemption: StoredExemption, reason: string, act: ExemptionAct): StoredExemption {
  assertOpen(exemption)
  if (isLocked(exemption.fromPeriod, act.lastLocked))
    throw locked('fromPeriod', act.lastLocked, {
      zh: '已有月份锁定，请改为提前结束',
      en: 'A month of it is locked: end it instead',
    })
  return { ...close(exemption, reason, act), state: 'withdrawn' }
}
