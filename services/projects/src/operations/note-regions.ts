import type { Transaction } from 'kysely'
import type { StoredProject } from '../domain/project-change.ts'
import type { DB } from '../generated/tables.ts'
import { noteRegions as keepRegions } from '../repositories/regions.repository.ts'
import type { Act } from './act.ts'

/**
 * Enters the regions of projects that the registry lacks, marked as loaded: a list of another city is taken whole, and
 * an operator sees afterwards which codes nobody has registered.
 */
export async function noteRegions(
  trx: Transaction<DB>,
  projects: readonly Pick<StoredProject, 'regionCode' | 'regionName'>[],
  act: Act,
): Promise<void> {
  await keepRegions(trx, new Map(projects.map(({ regionCode, regionName }) => [regionCode, regionName])), act)
}
