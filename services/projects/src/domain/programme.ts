import type { Fault, NewProgramme, Programme, ProgrammePatch } from '@tiaodu/types'
import { type Changes, toChanges } from './versions.ts'

type Entered = Omit<Programme, 'id' | 'version'>

const NOTHING_KNOWN: Entered = { code: '', name: '', level: 'county', document: null, fromYear: 0, toYear: null }
const FIELDS = Object.keys(NOTHING_KNOWN) as (keyof Entered)[]

interface Decided {
  readonly programme: Programme
  readonly changes: Changes
}

/** A programme as it is first registered, with all that is known of it as changes. */
export function decideProgramme(id: string, fields: NewProgramme): Decided {
  const programme = { ...NOTHING_KNOWN, ...fields, id, version: 1 }
  return { programme, changes: toChanges(FIELDS, NOTHING_KNOWN, programme) }
}

/** The programme after a change, or undefined when nothing differs. */
export function decideProgrammeChange(current: Programme, patch: Omit<ProgrammePatch, 'reason'>): Decided | undefined {
  const programme = { ...current, ...patch, version: current.version + 1 }
  const changes = toChanges(FIELDS, current, programme)
  return changes.length === 0 ? undefined : { programme, changes }
}

/** What the fields of a programme must be together. */
export const assessProgramme = ({ fromYear, toYear }: Programme): Fault[] =>
  toYear !== null && toYear < fromYear
    ? [{ field: 'toYear', reason: { zh: `早于起始年 ${fromYear}`, en: `before the first year ${fromYear}` } }]
    : []

/** Why a programme takes no members of a year; undefined when it does. */
export const assessYear = ({ name, fromYear, toYear }: Programme, year: number): Fault | undefined => {
  if (year >= fromYear && year <= (toYear ?? year)) return undefined
  const span = `${fromYear}—${toYear ?? ''}`
  return { field: 'year', reason: { zh: `${name}的年度为 ${span}`, en: `the years of ${name} are ${span}` } }
}
