import { type EventPayload, toDateOn } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { listOpenCycles } from '../repositories/cycles.repository.ts'
import { markUnlocked } from '../repositories/marks.repository.ts'
import { saveProject } from '../repositories/projects.repository.ts'
import { beginStageEntries } from '../repositories/stage-entries.repository.ts'
import { issueObligations } from './open-cycle.ts'

/** Keeps what changed of a project; one that comes to report while a cycle is open joins it. */
export async function noteProject(
  trx: Transaction<DB>,
  project: EventPayload<'project.changed.v1'>,
  now: Date,
): Promise<void> {
  if (!(await saveProject(trx, project, now))) return
  const { projectId, stage } = project
  await beginStageEntries(trx, projectId, { stage, enteredOn: toDateOn(now), now })
  await markUnlocked(trx, project.projectId, now)
  for (const cycle of await listOpenCycles(trx, now)) await issueObligations(trx, cycle, project.projectId, now)
}
