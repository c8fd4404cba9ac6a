import { fromCursor, toPage } from '@tiaodu/service'
import type { ProjectVersion, StageMove } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { listMoves, listVersions } from '../repositories/history.repository.ts'

interface Asked {
  readonly id: string
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** A page of a project's versions, newest first. @throws validation-failed for a cursor that is not ours */
export async function listVersionPage(db: Kysely<DB>, { id, cursor, limit = 20 }: Asked) {
  const before = cursor === undefined ? undefined : Number(fromCursor(cursor, ['count'])[0])
  const versions = await listVersions(db, id, { before, limit: limit + 1 })
  return toPage<ProjectVersion>(versions, limit, ({ version }) => [String(version)])
}

/** A page of a project's moves, newest first. @throws validation-failed for a cursor that is not ours */
export async function listMovePage(db: Kysely<DB>, { id, cursor, limit = 20 }: Asked) {
  const before = cursor === undefined ? undefined : fromCursor(cursor, ['id'])[0]
  const moves = await listMoves(db, id, { before, limit: limit + 1 })
  return toPage<StageMove>(moves, limit, (move) => [move.id])
}
