import type { NewEvent, NewUnit, Unit, UnitPatch, Version } from '@tiaodu/types'
import { type Changes, replayFields, toChanges } from './versions.ts'

/** Everything stored of a unit; the region's name is joined when it is read. */
export type StoredUnit = Omit<Unit, 'regionName'>
type Entered = Omit<StoredUnit, 'id' | 'version'>
type Decided = { readonly unit: StoredUnit; readonly changes: Changes }

/** A unit of which nothing is known: what is left out of a registration, and where replaying begins. */
export const NOTHING_KNOWN: Entered = {
  name: '',
  kind: 'responsibleUnit',
  regionCode: '',
  parentId: null,
  parentSince: '',
  creditCode: null,
  peerGroup: null,
  address: null,
  telephone: null,
  isSimulated: false,
}
const FIELDS = Object.keys(NOTHING_KNOWN) as (keyof Entered)[]

/** A unit as it is first registered; it stands under its parent since that day. */
export function decideUnitRegistration(
  id: string,
  { regionName: _, ...fields }: NewUnit,
  { today, isSimulated }: { today: string; isSimulated: boolean },
): Decided {
  const unit = { ...NOTHING_KNOWN, ...fields, parentSince: today, isSimulated, id, version: 1 }
  return { unit, changes: toChanges(FIELDS, NOTHING_KNOWN, unit) }
}

/** The unit after a change, or undefined when nothing differs. */
export function decideUnitChange(current: StoredUnit, patch: Omit<UnitPatch, 'reason'>): Decided | undefined {
  const unit = { ...current, ...patch, version: current.version + 1 }
  const changes = toChanges(FIELDS, current, unit)
  return changes.length === 0 ? undefined : { unit, changes }
}

/** The unit under another parent since a day; the day is always told, also when it is that of the last move. */
export function decideUnitMove(current: StoredUnit, move: { parentId: string | null; movedOn: string }): Decided {
  return {
    unit: { ...current, parentId: move.parentId, parentSince: move.movedOn, version: current.version + 1 },
    changes: [
      { field: 'parentId', from: current.parentId, to: move.parentId },
      { field: 'parentSince', from: current.parentSince, to: move.movedOn },
    ],
  }
}

/** The unit as its versions, oldest first, have left it; undefined when there is none yet. */
export function replayUnit(
  id: string,
  versions: readonly Pick<Version, 'version' | 'changes'>[],
): StoredUnit | undefined {
  const last = versions.at(-1)
  return last && { ...replayFields(NOTHING_KNOWN, versions), id, version: last.version }
}

/** What other services keep of a unit. */
export const toUnitChanged = ({ id, version, name, kind, regionCode, parentId, peerGroup }: StoredUnit): NewEvent => ({
  name: 'unit.changed.v1',
  payload: { unitId: id, version, name, kind, regionCode, parentId, peerGroup },
})
