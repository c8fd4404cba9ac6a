import { appendEvents } from '@tiaodu/messaging/outbox'
import { type NewEvent, type ProjectVersion, refuse } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import { type StoredProject, toProjectChanged } from '../domain/project-change.ts'
import type { DB } from '../generated/tables.ts'
import { insertVersions } from '../repositories/history.repository.ts'
import { lockProject, saveProjects } from '../repositories/projects.repository.ts'
import { refuseTaken } from '../repositories/taken.ts'
import type { Act } from './act.ts'
import { assertVersion } from './assert-version.ts'

/** The project as it stands, held until the transaction ends. @throws not-found, version-mismatch */
export async function lockVersion(
  trx: Transaction<DB>,
  id: string,
  expectedVersion: number | undefined,
): Promise<StoredProject> {
  const current = await lockProject(trx, id)
  if (current === undefined) throw refuse('not-found', 'id', { zh: '没有这个项目', en: 'There is no such project' })
  assertVersion(current, expectedVersion)
  return current
}

/** Saves a project with what was changed and why, and tells the others. @throws already-exists */
export async function saveVersion(
  trx: Transaction<DB>,
  { project, changes }: { project: StoredProject; changes: ProjectVersion['changes'] },
  act: Act & { reason: string | null; unitName: string | null },
  more: readonly NewEvent[] = [],
): Promise<void> {
  const { now, actorId, actorName, reason, unitName } = act
  await refuseTaken(saveProjects(trx, [project]))
  await insertVersions(trx, [
    { projectId: project.id, version: project.version, at: now, actorId, actorName, reason, changes },
  ])
  await appendEvents(trx, [toProjectChanged(project, unitName), ...more], now)
}
