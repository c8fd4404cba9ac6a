import type { Actor } from '@tiaodu/types'
import type { RegionLine } from '../../../queries/units.ts'

const NATIONAL = '100000'

/** The digits that the codes of a region and of all below it begin with. */
export const toRegionPrefix = (code: string): string => (code === NATIONAL ? '' : code.replace(/(00){1,2}$/, ''))

/** The regions whose projects a person sees: the own one and what lies below it, the own one at the top. */
export function regionsWithin(regions: readonly RegionLine[], { regionCode }: Pick<Actor, 'regionCode'>): RegionLine[] {
  const within = regions.filter(({ code }) => code.startsWith(toRegionPrefix(regionCode)))
  const top = Math.min(...within.map(({ depth }) => depth))
  return within.map((region) => ({ ...region, depth: region.depth - top }))
}
