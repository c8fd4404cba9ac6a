import { fromCursor, toPage } from '@tiaodu/service'
import { type ResponseOf, refuse, type routes, type StageMove, type Version } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { listMoves, listVersions } from '../repositories/history.repository.ts'
import { listPersonVersions } from '../repositories/people.repository.ts'
import { listUnitVersions } from '../repositories/unit-history.repository.ts'

interface Asked {
  readonly id: string
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}
type VersionPage = ResponseOf<typeof routes.listProjectVersions>

const VERSIONS = { project: listVersions, unit: listUnitVersions, person: listPersonVersions }

/** A page of the versions of a project, a unit or a person, newest first. @throws not-found, validation-failed for a cursor that is not ours */
export async function listVersionPage(
  db: Kysely<DB>,
  subject: keyof typeof VERSIONS,
  { id, cursor, limit = 20 }: Asked,
): Promise<VersionPage> {
  const before = cursor === undefined ? undefined : Number(fromCursor(cursor, ['count'])[0])
  const versions = await VERSIONS[subject](db, id, { before, limit: limit + 1 })
  // Whatever is registered has its first version.
  if (versions.length === 0 && before === undefined) {
    throw refuse('not-found', 'id', { zh: '没有找到', en: 'There is nothing of this id' })
  }
  return toPage<Version>(versions, limit, ({ version }) => [String(version)])
}

/** A page of a project's moves, newest first. @throws validation-failed for a cursor that is not ours */
export async function listMovePage(db: Kysely<DB>, { id, cursor, limit = 20 }: Asked) {
  const before = cursor === undefined ? undefined : fromCursor(cursor, ['id'])[0]
  const moves = await listMoves(db, id, { before, limit: limit + 1 })
  return toPage<StageMove>(moves, limit, (move) => [move.id])
}
