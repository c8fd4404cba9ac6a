import { type ResponseOf, refuse, type routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { listAllowedMoves as allow } from '../domain/stage-machine.ts'
import type { DB } from '../generated/tables.ts'
import { getLastMove } from '../repositories/history.repository.ts'
import { findProject } from '../repositories/projects.repository.ts'

/** Where a project may move from its stage. @throws not-found */
export async function listAllowedMoves(
  db: Kysely<DB>,
  id: string,
): Promise<ResponseOf<typeof routes.listAllowedMoves>> {
  const project = await findProject(db, id)
  if (project === undefined) throw refuse('not-found', 'id', { zh: '没有这个项目', en: 'There is no such project' })
  const { stage, version } = project
  const { from, on: since } = await getLastMove(db, id)
  return { stage, since, version, items: allow({ stage, since, suspendedFrom: from }) }
}
