import { type Region, type RegionNode, refuse } from '@tiaodu/types'

export type CountedRegion = Region & { readonly unitCount: number }

/** The digits that all regions below share: 41 of a province, 4108 of a city, all six of a county. */
export const prefixOf = (code: string): string => code.replace(/(00){1,2}$/, '')

const isProvince = (code: string) => prefixOf(code).length === 2

/** Holds a region against its parent's code. @throws validation-failed naming parentCode */
export function assessRegion({ code, parentCode }: Pick<Region, 'code' | 'parentCode'>): void {
  if (parentCode === null) {
    if (isProvince(code)) return
    throw refuse('validation-failed', 'parentCode', {
      zh: '只有省级区划（代码末四位为 0000）没有上级',
      en: 'Only a province (code ending in 0000) has no parent',
    })
  }
  const above = prefixOf(parentCode)
  if (above.length < prefixOf(code).length && code.startsWith(above)) return
  throw refuse('validation-failed', 'parentCode', {
    zh: `代码 ${code} 不属于 ${parentCode}`,
    en: `The code ${code} does not lie below ${parentCode}`,
  })
}

/** Every region below its parent, those without one at the top. */
export function toTree(regions: readonly CountedRegion[]): RegionNode[] {
  const below = (parentCode: string | null) => regions.filter((region) => region.parentCode === parentCode)
  return below(null).map((top) => ({
    ...top,
    children: below(top.code).map((middle) => ({ ...middle, children: below(middle.code) })),
  }))
}
