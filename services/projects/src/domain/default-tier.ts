import type { Tier } from '@tiaodu/types'

/**
 * The tier of a project whose list names none: the level of the region that lists it. 41 00 00 is a province's list,
 * 41 08 00 a city's, anything else a county's or district's.
 */
export function defaultTier(regionCode: string): Tier {
  if (regionCode.endsWith('0000')) return 'province'
  return regionCode.endsWith('00') ? 'city' : 'county'
}
