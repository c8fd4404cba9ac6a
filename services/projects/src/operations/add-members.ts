import type { Reach } from '@tiaodu/service'
import { ProblemError } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { assessYear } from '../domain/programme.ts'
import type { DB } from '../generated/tables.ts'
import { insertMembers, listMemberIds, type OfYear } from '../repositories/programme-members.repository.ts'
import type { Act } from './act.ts'
import { findNamed } from './find-named.ts'
import { getLockedProgramme } from './programme-version.ts'

interface Taken {
  readonly added: number
  readonly unchanged: number
}

// The programme is held, so that its years do not change and nobody takes the same projects in at the same moment.
async function holdYear(trx: Transaction<DB>, { programmeId, year }: OfYear): Promise<void> {
  const fault = assessYear(await getLockedProgramme(trx, programmeId), year)
  if (fault !== undefined) throw new ProblemError('validation-failed', undefined, [fault])
}

async function take(
  trx: Transaction<DB>,
  ofYear: OfYear,
  projectIds: readonly string[],
  { now, actorId, actorName, document }: Act & { document: string | null },
): Promise<Taken> {
  const members = projectIds.map((projectId) => ({ id: uuidv7(), projectId }))
  const added = await insertMembers(trx, ofYear, members, { at: now, actorId, actorName, document })
  return { added, unchanged: projectIds.length - added }
}

/**
 * Takes projects, by id or code, into a programme of a year, all or none.
 * @throws not-found, validation-failed naming the year, unknown-reference naming every project that cannot be
 */
export const addMembers = (
  db: Kysely<DB>,
  request: OfYear & { keys: readonly string[]; fieldOf: (at: number) => string; document: string | undefined },
  reach: Reach,
  act: Act,
): Promise<Taken> =>
  db.transaction().execute(async (trx) => {
    await holdYear(trx, request)
    const projects = await findNamed(trx, request, reach)
    const ids = projects.map(({ id }) => id)
    return await take(trx, request, ids, { ...act, document: request.document ?? null })
  })

/** Takes the members within reach of the year before into this one. @throws not-found, validation-failed naming the year */
export const copyMembers = (
  db: Kysely<DB>,
  request: OfYear & { document: string | undefined },
  reach: Reach,
  act: Act,
): Promise<Taken> =>
  db.transaction().execute(async (trx) => {
    await holdYear(trx, request)
    const ids = await listMemberIds(trx, { ...request, year: request.year - 1 }, reach)
    return await take(trx, request, ids, { ...act, document: request.document ?? null })
  })
