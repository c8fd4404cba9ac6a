import type { Words } from '@tiaodu/types'

/** A unit as a list may name it. */
export interface NamedUnit {
  readonly id: string
  readonly name: string
  readonly regionCode: string
  readonly creditCode: string | null
}

const UNKNOWN: Words = {
  zh: '没有这个单位，请先登记单位，或写统一社会信用代码',
  en: 'is no unit of the register; register it first, or write its credit code',
}
const AMBIGUOUS: Words = {
  zh: '几个区域都有同名单位，请写统一社会信用代码',
  en: 'names units of several regions; write the credit code',
}

/** The units that cells name: by credit code, or by name, where the one of the row's own region comes first. */
export function createUnitNames(units: readonly NamedUnit[]) {
  const byCode = new Map(units.map((unit) => [unit.creditCode, unit]))
  const byPlace = new Map(units.map((unit) => [`${unit.regionCode} ${unit.name}`, unit]))
  const byName = new Map<string, NamedUnit[]>()
  for (const unit of units) byName.set(unit.name, [...(byName.get(unit.name) ?? []), unit])
  return {
    find(text: string, regionCode: string): NamedUnit | Words {
      const named = byName.get(text) ?? []
      const only = named.length === 1 ? named[0] : undefined
      return (
        byCode.get(text) ?? byPlace.get(`${regionCode} ${text}`) ?? only ?? (named.length > 1 ? AMBIGUOUS : UNKNOWN)
      )
    },
  }
}
export type UnitNames = ReturnType<typeof createUnitNames>
