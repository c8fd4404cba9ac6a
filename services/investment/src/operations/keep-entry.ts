import type { AssessmentEntry } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { assertUnpublished } from '../domain/assessment/rules.ts'
import type { DB } from '../generated/tables.ts'
import {
  findEntry,
  insertEntry,
  listEntryVersions,
  lockTerm,
  type OfEntry,
} from '../repositories/assessment-entries.repository.ts'
import { findSeal } from '../repositories/assessment-seals.repository.ts'
import { assertVersion } from './act.ts'
import type { AssessAct } from './assess.ts'

/** A new version of what is entered about a term; the same again changes nothing. @throws assessment-published, version-mismatch, and what `check` does */
export const keepEntry = (
  db: Kysely<DB>,
  of: OfEntry,
  entered: Pick<AssessmentEntry, 'mark' | 'text'>,
  act: AssessAct,
  check: (trx: Transaction<DB>, current: AssessmentEntry | undefined) => Promise<void>,
): Promise<AssessmentEntry> =>
  db.transaction().execute(async (trx) => {
    await lockTerm(trx, of.term)
    assertUnpublished('term', (await findSeal(trx, of.term)) !== undefined)
    const current = await findEntry(trx, of)
    assertVersion(current?.version ?? 0, act)
    if (current?.mark === entered.mark && current.text === entered.text) return current
    await check(trx, current)
    const { now, actorId, actorName, isSimulated } = act
    const version = (current?.version ?? 0) + 1
    const entry = { ...of, ...entered, version, at: now.toISOString(), actorId, actorName, isSimulated }
    await insertEntry(trx, entry)
    return entry
  })

/** Every version of what was entered about a term, newest first. */
export const listAssessmentEntries = async (db: Kysely<DB>, term: string): Promise<{ items: AssessmentEntry[] }> => ({
  items: await listEntryVersions(db, term),
})
