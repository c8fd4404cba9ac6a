import type { RankedKind } from '@tiaodu/types'
import type { RouteLocationRaw } from 'vue-router'
import { toRegionPrefix } from '../projects/filters/regions-within.ts'

/** Where the reports, or else the projects, stand that a figure is made of. */
export const toSources = (of: RankedKind, key: string, period: string): RouteLocationRaw =>
  of === 'unit'
    ? { name: 'reports', query: { period, unitId: key } }
    : { name: 'projects', query: { regionPrefix: toRegionPrefix(key) } }
