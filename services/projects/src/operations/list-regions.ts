import type { RegionNode } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { toTree } from '../domain/region.ts'
import type { DB } from '../generated/tables.ts'
import { listRegions } from '../repositories/regions.repository.ts'

/** The registry of regions as a tree. */
export const listRegionTree = async (db: Kysely<DB>): Promise<{ items: RegionNode[] }> => ({
  items: toTree(await listRegions(db)),
})
