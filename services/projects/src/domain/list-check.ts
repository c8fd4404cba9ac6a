import type { NewProject } from '@tiaodu/types'
import { type CellFault, standsTwice } from './cell-fault.ts'
import { toNearName } from './near-name.ts'

const keyOf = ({ regionCode, name }: Pick<NewProject, 'regionCode' | 'name'>) => `${regionCode} ${name}`

/** Finds what only the rows of one list together can show: a project that stands twice, and names that nearly agree. */
export function createListCheck() {
  const rowsByKey = new Map<string, number>()
  const rowsByCode = new Map<string, number>()
  const namesByNearName = new Map<string, Map<string, string>>()
  const taken = new Set<string>()

  const nearNamesOf = (regionCode: string) => {
    const known = namesByNearName.get(regionCode) ?? new Map<string, string>()
    namesByNearName.set(regionCode, known)
    return known
  }
  return {
    /** Whether the names that a region has already were told. */
    knowsRegion: (regionCode: string): boolean => namesByNearName.has(regionCode),
    tellNames(regionCode: string, names: readonly string[]): void {
      const known = nearNamesOf(regionCode)
      for (const name of names) {
        known.set(toNearName(name), name)
        taken.add(keyOf({ regionCode, name }))
      }
    },
    /** Whether a row may mean a project that its region had before the list; the region's names must be told. */
    mayBeKnown: (project: NewProject): boolean => Boolean(project.projectCode) || taken.has(keyOf(project)),
    /** Why a row cannot stand beside those before it; undefined when it can. */
    assessRow(project: NewProject, row: number): CellFault | undefined {
      const problem = (column: string, value: string, first: number) => ({
        row,
        column,
        value,
        reason: standsTwice(first),
      })
      const named = rowsByKey.get(keyOf(project))
      if (named !== undefined) return problem('name', project.name, named)
      rowsByKey.set(keyOf(project), row)
      const { projectCode } = project
      if (projectCode === undefined || projectCode === null) return undefined
      const coded = rowsByCode.get(projectCode)
      if (coded !== undefined) return problem('projectCode', projectCode, coded)
      rowsByCode.set(projectCode, row)
      return undefined
    },
    /** A name of the region that is nearly this one; from now on this one is known too. */
    findNearName({ regionCode, name }: NewProject): string | undefined {
      const known = nearNamesOf(regionCode)
      const near = known.get(toNearName(name))
      if (near === undefined) known.set(toNearName(name), name)
      return near === name ? undefined : near
    },
  }
}
export type ListCheck = ReturnType<typeof createListCheck>
