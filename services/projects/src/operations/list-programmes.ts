import { fromCursor, type Reach, toPage } from '@tiaodu/service'
import { type ProgrammeMember, type QueryOf, type ResponseOf, refuse, type routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { listMembers, listMemberships, type OfYear } from '../repositories/programme-members.repository.ts'
import { findProgramme, listProgrammes, listProgrammeVersions } from '../repositories/programmes.repository.ts'

interface Asked {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** A page of programmes, by code. @throws validation-failed for a cursor that is not ours */
export async function listProgrammePage(
  db: Kysely<DB>,
  { cursor, limit = 20 }: Asked,
): Promise<ResponseOf<typeof routes.listProgrammes>> {
  const after = cursor === undefined ? undefined : fromCursor(cursor, ['text'])[0]
  return toPage(await listProgrammes(db, { after, limit: limit + 1 }), limit, ({ code }) => [code])
}

/** A page of a programme's versions, newest first. @throws not-found, validation-failed for a cursor that is not ours */
export async function listProgrammeVersionPage(
  db: Kysely<DB>,
  { id, cursor, limit = 20 }: Asked & { id: string },
): Promise<ResponseOf<typeof routes.listProgrammeVersions>> {
  const before = cursor === undefined ? undefined : Number(fromCursor(cursor, ['count'])[0])
  await assertProgramme(db, id)
  const versions = await listProgrammeVersions(db, id, { before, limit: limit + 1 })
  return toPage(versions, limit, ({ version }) => [String(version)])
}

/** A page of the members of a year, taken in last first. @throws not-found, validation-failed for a cursor that is not ours */
export async function listMemberPage(
  db: Kysely<DB>,
  ofYear: OfYear,
  { cursor, limit = 20, withLeft = false }: QueryOf<typeof routes.listProgrammeMembers>,
  reach: Reach,
): Promise<ResponseOf<typeof routes.listProgrammeMembers>> {
  const before = cursor === undefined ? undefined : fromCursor(cursor, ['id'])[0]
  await assertProgramme(db, ofYear.programmeId)
  const members = await listMembers(db, ofYear, { withLeft, before, limit: limit + 1 }, reach)
  const { items, nextCursor } = toPage(members, limit, ({ id }) => [id])
  return { items: items.map(({ id: _id, ...member }) => member), nextCursor }
}

/** Every membership of a project. */
export const listProjectProgrammes = async (
  db: Kysely<DB>,
  projectId: string,
): Promise<{ items: ProgrammeMember[] }> => ({
  items: await listMemberships(db, projectId),
})

async function assertProgramme(db: Kysely<DB>, id: string): Promise<void> {
  if ((await findProgramme(db, id)) === undefined)
    throw refuse('not-found', 'id', { zh: '没有这个专项计划', en: 'There is no such programme' })
}
