import { type Baseline, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { assessOverrun } from '../domain/baseline.ts'
import type { DB } from '../generated/tables.ts'
import { listBaselines as findBaselines } from '../repositories/baselines.repository.ts'
import { findProject } from '../repositories/projects.repository.ts'

/** The baselines of a project with the overrun of today against each. @throws not-found */
export async function listBaselines(db: Kysely<DB>, id: string): Promise<{ items: Baseline[] }> {
  const project = await findProject(db, id)
  if (project === undefined) throw refuse('not-found', 'id', { zh: '没有这个项目', en: 'There is no such project' })
  const baselines = await findBaselines(db, id)
  return { items: baselines.map((baseline) => ({ ...baseline, overrun: assessOverrun(project, baseline) })) }
}
