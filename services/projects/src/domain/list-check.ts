import type { NewProject } from '@tiaodu/types'
import { type CellFault, standsTwice } from './cell-fault.ts'
import { toNearName } from './near-name.ts'

/** What is known of a region while a list is checked. */
interface Region {
  /** The names that it had before the list. */
  readonly names: Set<string>
  readonly namesByNearName: Map<string, string>
  readonly rowsByName: Map<string, number>
  isTold: boolean
}

/** Finds what only the rows of one list together can show: a project that stands twice, and names that nearly agree. */
export function createListCheck() {
  const regions = new Map<string, Region>()
  const rowsByCode = new Map<string, number>()

  const regionOf = (code: string): Region => {
    let region = regions.get(code)
    if (region === undefined) {
      region = { names: new Set(), namesByNearName: new Map(), rowsByName: new Map(), isTold: false }
      regions.set(code, region)
    }
    return region
  }
  return {
    /** Whether the names that a region has already were told. */
    knowsRegion: (regionCode: string): boolean => regionOf(regionCode).isTold,
    tellNames(regionCode: string, names: readonly string[]): void {
      const region = regionOf(regionCode)
      region.isTold = true
      for (const name of names) {
        region.namesByNearName.set(toNearName(name), name)
        region.names.add(name)
      }
    },
    /** Whether a row may mean a project that its region had before the list; the region's names must be told. */
    mayBeKnown: ({ projectCode, regionCode, name }: NewProject): boolean =>
      Boolean(projectCode) || regionOf(regionCode).names.has(name),
    /** Why a row cannot stand beside those before it; undefined when it can. */
    assessRow(project: NewProject, row: number): CellFault | undefined {
      const problem = (column: string, value: string, first: number) => ({
        row,
        column,
        value,
        reason: standsTwice(first),
      })
      const { rowsByName } = regionOf(project.regionCode)
      const named = rowsByName.get(project.name)
      if (named !== undefined) return problem('name', project.name, named)
      rowsByName.set(project.name, row)
      const { projectCode } = project
      if (projectCode === undefined || projectCode === null) return undefined
      const coded = rowsByCode.get(projectCode)
      if (coded !== undefined) return problem('projectCode', projectCode, coded)
      rowsByCode.set(projectCode, row)
      return undefined
    },
    /** A name of the region that is nearly this one; from now on this one is known too. */
    findNearName({ regionCode, name }: NewProject): string | undefined {
      const { namesByNearName } = regionOf(regionCode)
      const nearName = toNearName(name)
      const near = namesByNearName.get(nearName)
      if (near === undefined) namesByNearName.set(nearName, name)
      return near === name ? undefined : near
    },
  }
}
export type ListCheck = ReturnType<typeof createListCheck>
