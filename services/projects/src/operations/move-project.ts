import { type NewEvent, type NewStageMove, type StageMove, toDateOn } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { decideChange, type StoredProject } from '../domain/project-change.ts'
import { assessMove } from '../domain/stage-machine.ts'
import type { DB } from '../generated/tables.ts'
import { getLastMove, insertMoves } from '../repositories/history.repository.ts'
import { findUnit } from '../repositories/units.repository.ts'
import type { Act } from './act.ts'
import { checkLeader } from './check-responsible.ts'
import { lockVersion, saveVersion } from './save-version.ts'

/** Moves a project that is held. @throws move-forbidden, validation-failed, unknown-reference */
export async function applyMove(
  trx: Transaction<DB>,
  current: StoredProject,
  { id, move }: { id: string; move: NewStageMove },
  act: Act,
): Promise<StageMove> {
  const projectId = current.id
  const last = await getLastMove(trx, projectId)
  const standing = { stage: current.stage, since: last.on, suspendedFrom: last.from }
  assessMove(standing, move, { actorId: act.actorId, today: toDateOn(act.now) })
  if (move.approverId !== undefined) await checkLeader(trx, move.approverId, 'approverId')
  const decided = decideChange(current, { stage: move.to }, act.now)
  if (decided === undefined) throw new Error('A move that was allowed changes the stage')

  const stageMove = {
    id,
    from: current.stage,
    to: move.to,
    movedOn: move.movedOn,
    actorId: act.actorId,
    actorName: act.actorName,
    reason: move.reason ?? null,
    evidence: move.evidence ?? [],
    approverId: move.approverId ?? null,
  }
  await insertMoves(trx, [{ ...stageMove, projectId, at: act.now }])
  const unit = current.responsibleUnitId === null ? undefined : await findUnit(trx, current.responsibleUnitId)
  const moved: NewEvent = {
    name: 'project.moved.v1',
    payload: { projectId, from: current.stage, to: move.to, movedOn: move.movedOn },
  }
  await saveVersion(trx, decided, { ...act, reason: stageMove.reason, unitName: unit?.name ?? null }, [moved])
  return { ...stageMove, at: act.now.toISOString() }
}

/** Moves a project to another stage. @throws not-found, version-mismatch, move-forbidden, validation-failed, unknown-reference */
export const moveProject = (
  db: Kysely<DB>,
  {
    projectId,
    expectedVersion,
    ...request
  }: {
    projectId: string
    id: string
    move: NewStageMove
    expectedVersion: number | undefined
  },
  act: Act,
): Promise<StageMove> =>
  db
    .transaction()
    .execute(async (trx) => applyMove(trx, await lockVersion(trx, projectId, expectedVersion), request, act))
