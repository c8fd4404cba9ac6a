import { refuse, UNIT_KINDS, type UnitKind } from '@tiaodu/types'

/** Where a unit stands since a day; the first one of a unit is its registration. */
export interface Standing {
  readonly unitId: string
  readonly version: number
  readonly parentId: string | null
  readonly since: string
}

export interface UnitMove {
  readonly unitId: string
  readonly parentId: string | null
  readonly movedOn: string
}

/** The parent of every unit on a day; standings of a unit lie in the order of their versions. */
export function parentsOn(standings: readonly Standing[], day: string): Map<string, string | null> {
  const parents = new Map<string, string | null>()
  for (const { unitId, parentId, since } of standings) if (since <= day) parents.set(unitId, parentId)
  return parents
}

/** Whether `unitId` is met on the way up from `from`. */
function isMetAbove(parents: ReadonlyMap<string, string | null>, from: string, unitId: string): boolean {
  for (let at: string | null = from; at !== null; at = parents.get(at) ?? null) if (at === unitId) return true
  return false
}

const daysFrom = (standings: readonly Standing[], day: string) =>
  new Set([day, ...standings.map(({ since }) => since).filter((since) => since > day)])

/**
 * Holds a move against the whole history of the tree: the day may lie in the past, so the move must make no cycle on it
 * nor on any later day on which something moved. @throws validation-failed naming movedOn or parentId
 */
export function assessUnitMove(standings: readonly Standing[], move: UnitMove, today: string): void {
  const { unitId, parentId, movedOn } = move
  const last = standings.filter((standing) => standing.unitId === unitId).at(-1)
  if (movedOn > today) {
    throw refuse('validation-failed', 'movedOn', { zh: '变更日期不能晚于今天', en: 'The day lies in the future' })
  }
  if (last !== undefined && movedOn < last.since) {
    throw refuse('validation-failed', 'movedOn', {
      zh: `该单位自 ${last.since} 起隶属现上级，变更不能早于这一天`,
      en: `It stands under its parent since ${last.since}; it cannot have moved before`,
    })
  }
  if (last?.parentId === parentId) {
    throw refuse('validation-failed', 'parentId', { zh: '该单位已隶属此上级', en: 'It stands there already' })
  }
  if (parentId === null) return
  const parentStart = standings.find((standing) => standing.unitId === parentId)?.since
  if (parentStart !== undefined && movedOn < parentStart) {
    throw refuse('validation-failed', 'movedOn', {
      zh: `新上级 ${parentStart} 才登记`,
      en: `The new parent is registered since ${parentStart} only`,
    })
  }
  for (const day of daysFrom(standings, movedOn)) {
    if (!isMetAbove(parentsOn(standings, day), parentId, unitId)) continue
    throw refuse('validation-failed', 'parentId', {
      zh: day === movedOn || day === today ? '新上级就是该单位本身或其下级' : `${day} 起新上级是该单位的下级`,
      en: `On ${day} the new parent is the unit itself or stands below it`,
    })
  }
}

const KINDS = Object.keys(UNIT_KINDS) as UnitKind[]
const rankOf = (kind: UnitKind) => KINDS.indexOf(kind)

/** A unit stands under one of its own kind or a higher one. @throws validation-failed naming `field` */
export function assessKinds(
  kind: UnitKind,
  { above, below }: { above: UnitKind | undefined; below: readonly UnitKind[] },
  field: 'kind' | 'parentId',
): void {
  if (above !== undefined && rankOf(above) > rankOf(kind)) {
    throw refuse('validation-failed', field, {
      zh: `${UNIT_KINDS[kind]}不能隶属${UNIT_KINDS[above]}`,
      en: `A ${kind} does not stand under a ${above}`,
    })
  }
  const under = below.find((one) => rankOf(one) < rankOf(kind))
  if (under === undefined) return
  throw refuse('validation-failed', field, {
    zh: `其下级中有${UNIT_KINDS[under]}，不能改为${UNIT_KINDS[kind]}`,
    en: `A ${under} stands below it, so it cannot be a ${kind}`,
  })
}
