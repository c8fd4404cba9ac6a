import type { EventPayload } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { addStageEntry, beginStageEntries } from '../repositories/stage-entries.repository.ts'

/** Keeps that a project came to another stage; where its history begins here, with the stage before. */
export async function noteMove(
  trx: Transaction<DB>,
  { projectId, from, to, movedOn }: EventPayload<'project.moved.v1'>,
  now: Date,
): Promise<void> {
  await beginStageEntries(trx, projectId, { stage: from, enteredOn: movedOn, now })
  await addStageEntry(trx, projectId, { stage: to, enteredOn: movedOn, now })
}
