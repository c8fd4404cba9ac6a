import type { Programme, ProgrammePatch } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { decideProgrammeChange } from '../domain/programme.ts'
import type { DB } from '../generated/tables.ts'
import { saveProgramme } from '../repositories/programmes.repository.ts'
import { refuseTaken } from '../repositories/taken.ts'
import type { Act } from './act.ts'
import { assertVersion } from './assert-version.ts'
import { checkProgramme, getLockedProgramme, noteProgrammeVersion } from './programme-version.ts'

/** Changes a programme. @throws not-found, version-mismatch, validation-failed, already-exists */
export const changeProgramme = (
  db: Kysely<DB>,
  change: { id: string; patch: ProgrammePatch; expectedVersion: number | undefined },
  act: Act,
): Promise<Programme> =>
  db.transaction().execute(async (trx) => {
    const current = await getLockedProgramme(trx, change.id)
    assertVersion(current, change.expectedVersion)
    const { reason = null, ...patch } = change.patch
    const decided = decideProgrammeChange(current, patch)
    if (decided === undefined) return current
    await checkProgramme(trx, decided.programme)
    await refuseTaken(saveProgramme(trx, decided.programme))
    await noteProgrammeVersion(trx, decided, { ...act, reason })
    return decided.programme
  })
