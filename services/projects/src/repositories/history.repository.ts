import { type Bulk, type Copy, instantJson, remember } from '@tiaodu/database'
import type { Stage, StageMove } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { ledgerOf, type NewVersionOf } from './version-ledger.ts'

export const { insertVersions, listVersions, listVersionsUntil } = ledgerOf('project')

export type NewVersion = NewVersionOf<'project'>

export interface MoveRow extends Omit<StageMove, 'at'> {
  readonly projectId: string
  readonly at: Date
}

/** The first or next versions of very many projects. */
export const copyVersions = ({ copy }: Bulk<DB>): Copy<NewVersion> =>
  copy(
    'project_versions',
    ['project_id', 'version', 'at', 'actor_id', 'actor_name', 'reason', 'changes'],
    ({ projectId, version, at, actorId, actorName, reason, changes }) => [
      projectId,
      version,
      at,
      actorId,
      actorName,
      reason,
      JSON.stringify(changes),
    ],
  )

const MOVE_COLUMNS = ['project_id', 'from_stage', 'to_stage', 'moved_on', 'at', 'actor_id', 'actor_name', 'reason']

const toEvidenceText = remember<MoveRow['evidence']>(JSON.stringify)

/** The moves of very many projects; nobody approved them. */
export const copyMoves = ({ copy }: Bulk<DB>): Copy<Omit<MoveRow, 'id' | 'approverId'>> =>
  copy('stage_moves', [...MOVE_COLUMNS, 'evidence'], (move) => [
    move.projectId,
    move.from,
    move.to,
    move.movedOn,
    move.at,
    move.actorId,
    move.actorName,
    move.reason,
    toEvidenceText(move.evidence),
  ])

export async function insertMoves(trx: Transaction<DB>, moves: readonly MoveRow[]): Promise<void> {
  await sql`
    insert into stage_moves (id, project_id, from_stage, to_stage, moved_on, at, actor_id, actor_name, reason, evidence, approver_id)
    select id, "projectId", "from", "to", "movedOn", at, "actorId", "actorName", reason, evidence, "approverId"
    from json_to_recordset(${JSON.stringify(moves)}::json) as m (id uuid, "projectId" uuid, "from" text, "to" text,
      "movedOn" date, at timestamptz, "actorId" uuid, "actorName" text, reason text, evidence jsonb, "approverId" uuid)`.execute(
    trx,
  )
}

/** Moves newest first; `before` is the id that the last page ended with. */
export async function listMoves(
  db: Kysely<DB>,
  projectId: string,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<StageMove[]> {
  const { rows } = await sql<StageMove>`
    select id, from_stage as "from", to_stage as "to", moved_on as "movedOn", ${instantJson('at')} as at,
      actor_id as "actorId", actor_name as "actorName", reason, evidence, approver_id as "approverId"
    from stage_moves where project_id = ${projectId} and (${before ?? null}::uuid is null or id < ${before ?? null})
    order by id desc limit ${limit}`.execute(db)
  return rows
}

/** The last move of a project and, when it is suspended, the stage it was suspended from. */
export async function getLastMove(db: Kysely<DB>, projectId: string): Promise<{ from: Stage | null; on: string }> {
  const row = await db
    .selectFrom('stage_moves')
    .select(['from_stage as from', 'moved_on as on'])
    .where('project_id', '=', projectId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return { from: row.from as Stage | null, on: row.on }
}
