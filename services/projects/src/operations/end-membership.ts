import type { Reach } from '@tiaodu/service'
import { type ProgrammeMember, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { endMembership as end, type OfYear } from '../repositories/programme-members.repository.ts'
import type { Act } from './act.ts'
import { findNamed } from './find-named.ts'

/** Lets a project leave a programme; that it was in it is kept. @throws not-found, unknown-reference */
export const endMembership = (
  db: Kysely<DB>,
  request: OfYear & { projectId: string; reason: string },
  reach: Reach,
  { now, actorId, actorName }: Act,
): Promise<ProgrammeMember> =>
  db.transaction().execute(async (trx) => {
    const { projectId, reason } = request
    await findNamed(trx, { keys: [projectId], fieldOf: () => 'projectId' }, reach)
    const member = await end(trx, request, { at: now, actorId, actorName, reason })
    if (member === undefined)
      throw refuse('not-found', 'projectId', { zh: '该项目不在其中', en: 'The project is not a member' })
    return member
  })
