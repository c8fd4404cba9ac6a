import { fromCursor, toPage } from '@tiaodu/service'
import { type ProjectVersion, refuse, type StageMove } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { listMoves, listVersions } from '../repositories/history.repository.ts'

interface Asked {
  readonly id: string
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/

function positionOf(cursor: string | undefined, form: RegExp): string | undefined {
  const position = cursor === undefined ? undefined : fromCursor(cursor, 1)[0]
  if (position !== undefined && !form.test(position)) {
    throw refuse('validation-failed', 'cursor', 'Send the nextCursor of a page')
  }
  return position
}

/** A page of a project's versions, newest first. @throws validation-failed for a cursor that is not ours */
export async function listVersionPage(db: Kysely<DB>, { id, cursor, limit = 20 }: Asked) {
  const position = positionOf(cursor, /^\d{1,9}$/)
  const before = position === undefined ? undefined : Number(position)
  const versions = await listVersions(db, id, { before, limit: limit + 1 })
  return toPage<ProjectVersion>(versions, limit, ({ version }) => [String(version)])
}

/** A page of a project's moves, newest first. @throws validation-failed for a cursor that is not ours */
export async function listMovePage(db: Kysely<DB>, { id, cursor, limit = 20 }: Asked) {
  const moves = await listMoves(db, id, { before: positionOf(cursor, UUID), limit: limit + 1 })
  return toPage<StageMove>(moves, limit, (move) => [move.id])
}
