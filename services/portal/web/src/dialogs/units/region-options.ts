import type { RegionLine } from '../../queries/units.ts'

/** Regions to choose from, each set in below its parent. */
export const toRegionOptions = (regions: readonly RegionLine[]) =>
  regions.map(({ code, name, depth }) => ({ value: code, label: `${'　'.repeat(depth)}${name} ${code}` }))
