import type { NewProgramme, Programme } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { decideProgramme } from '../domain/programme.ts'
import type { DB } from '../generated/tables.ts'
import { insertProgramme } from '../repositories/programmes.repository.ts'
import { refuseTaken } from '../repositories/taken.ts'
import type { Act } from './act.ts'
import { checkProgramme, noteProgrammeVersion } from './programme-version.ts'

/** Registers a programme. @throws validation-failed, already-exists */
export const registerProgramme = (db: Kysely<DB>, id: string, fields: NewProgramme, act: Act): Promise<Programme> =>
  db.transaction().execute(async (trx) => {
    const decided = decideProgramme(id, fields)
    await checkProgramme(trx, decided.programme)
    await refuseTaken(insertProgramme(trx, decided.programme))
    await noteProgrammeVersion(trx, decided, { ...act, reason: null })
    return decided.programme
  })
