import type { NewProject, Words } from '@tiaodu/types'
import type { StoredProject } from './project-change.ts'
import type { UnitNames } from './unit-names.ts'

/** A project as a line of a list states it: its unit by name or credit code, null for none. */
export type ListedProject = NewProject & { readonly responsibleUnitName?: string | null }

/** What a line says once its unit is known, or why that is not. */
export type Stated =
  | { readonly fields: NewProject & { filerId?: string | null }; readonly unitName: string | null }
  | { readonly reason: Words }

/**
 * Puts the unit in place of its name. A name that the project's unit has already means that one; another unit takes
 * the project over from the filer too.
 */
export function stateUnit(
  { responsibleUnitName, ...fields }: ListedProject,
  current: { readonly project: StoredProject; readonly unitName: string | null } | undefined,
  units: UnitNames,
): Stated {
  const unitName = current?.unitName ?? null
  if (responsibleUnitName === undefined || responsibleUnitName === unitName) return { fields, unitName }
  const unit = responsibleUnitName === null ? null : units.find(responsibleUnitName, fields.regionCode)
  if (unit !== null && 'zh' in unit) return { reason: unit }
  const responsibleUnitId = unit?.id ?? null
  if (responsibleUnitId === (current?.project.responsibleUnitId ?? null)) return { fields, unitName }
  const filer = current === undefined || current.project.filerId === null ? {} : { filerId: null }
  return { fields: { ...fields, responsibleUnitId, ...filer }, unitName: unit?.name ?? null }
}
