import { ProblemError, type Programme, refuse } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import { assessProgramme } from '../domain/programme.ts'
import type { Changes } from '../domain/versions.ts'
import type { DB } from '../generated/tables.ts'
import { findTakenProgramme, insertProgrammeVersions, lockProgramme } from '../repositories/programmes.repository.ts'
import type { Act } from './act.ts'

/** The programme as it stands, held until the transaction ends. @throws not-found */
export async function getLockedProgramme(trx: Transaction<DB>, id: string): Promise<Programme> {
  const programme = await lockProgramme(trx, id)
  if (programme === undefined)
    throw refuse('not-found', 'id', { zh: '没有这个专项计划', en: 'There is no such programme' })
  return programme
}

/** Holds a programme against its rules before it is saved. @throws validation-failed, already-exists */
export async function checkProgramme(trx: Transaction<DB>, programme: Programme): Promise<void> {
  const faults = assessProgramme(programme)
  if (faults.length > 0) throw new ProblemError('validation-failed', undefined, faults)
  const taken = await findTakenProgramme(trx, programme)
  if (taken !== undefined)
    throw refuse('already-exists', taken, { zh: '另一个专项计划已使用', en: 'Another programme has it already' })
}

/** Keeps what was changed of a programme, by whom and why. */
export async function noteProgrammeVersion(
  trx: Transaction<DB>,
  { programme, changes }: { programme: Programme; changes: Changes },
  { now, actorId, actorName, reason }: Act & { reason: string | null },
): Promise<void> {
  const { id: programmeId, version } = programme
  await insertProgrammeVersions(trx, [{ programmeId, version, at: now, actorId, actorName, reason, changes }])
}
