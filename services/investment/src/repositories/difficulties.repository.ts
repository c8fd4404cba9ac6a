import { sql, type Transaction } from 'kysely'
import type { DifficultyStep, Reported, StoredDifficulty } from '../domain/difficulty.ts'
import type { DB } from '../generated/tables.ts'

export const columns = sql`d.id, d.project_id as "projectId", d.period, d.reported_text as "reportedText", d.description,
  d.category, d.subcategory, d.coordination_level as "coordinationLevel", d.unit_in_charge_id as "unitInChargeId",
  d.due_on as "dueOn", d.state, d.outcome, d.registered_at as "registeredAt", d.resolved_at as "resolvedAt", d.version,
  d.is_simulated as "isSimulated"`

/** What the report of a project says of difficulties, held until the transaction ends. */
export async function lockReported(trx: Transaction<DB>, projectId: string, period: string): Promise<Reported> {
  const { rows } = await sql<Reported>`
    select state, difficulties from monthly_reports where project_id = ${projectId} and period = ${period}
    for share`.execute(trx)
  return rows[0] ?? { state: null, difficulties: null }
}

/** One difficulty, held until the transaction ends. */
export async function lockDifficulty(trx: Transaction<DB>, id: string): Promise<StoredDifficulty | undefined> {
  const { rows } = await sql<StoredDifficulty>`
    select ${columns} from difficulties d where d.id = ${id} for update`.execute(trx)
  return rows[0]
}

/** @returns false when the same sentence of the same report is in the ledger already */
export async function insertDifficulty(trx: Transaction<DB>, difficulty: StoredDifficulty): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('difficulties')
    .values({
      id: difficulty.id,
      project_id: difficulty.projectId,
      period: difficulty.period,
      reported_text: difficulty.reportedText,
      description: difficulty.description,
      category: difficulty.category,
      subcategory: difficulty.subcategory,
      coordination_level: difficulty.coordinationLevel,
      unit_in_charge_id: difficulty.unitInChargeId,
      due_on: difficulty.dueOn,
      state: difficulty.state,
      outcome: difficulty.outcome,
      registered_at: difficulty.registeredAt,
      resolved_at: difficulty.resolvedAt,
      version: difficulty.version,
      is_simulated: difficulty.isSimulated,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** What may change of a difficulty once it is in the ledger. */
export async function updateDifficulty(trx: Transaction<DB>, difficulty: StoredDifficulty): Promise<void> {
  await trx
    .updateTable('difficulties')
    .set({
      coordination_level: difficulty.coordinationLevel,
      unit_in_charge_id: difficulty.unitInChargeId,
      due_on: difficulty.dueOn,
      state: difficulty.state,
      outcome: difficulty.outcome,
      resolved_at: difficulty.resolvedAt,
      version: difficulty.version,
    })
    .where('id', '=', difficulty.id)
    .execute()
}

/** Who does something, and when. */
export interface MoveBy {
  readonly actorId: string | null
  readonly actorName: string
  readonly now: Date
}

/** Keeps a move, with how the difficulty stands after it. */
export async function insertMove(
  trx: Transaction<DB>,
  { action, reason, difficulty }: DifficultyStep,
  { actorId, actorName, now }: MoveBy,
): Promise<void> {
  await trx
    .insertInto('difficulty_moves')
    .values({
      difficulty_id: difficulty.id,
      version: difficulty.version,
      action,
      at: now,
      actor_id: actorId,
      actor_name: actorName,
      reason,
      state: difficulty.state,
      coordination_level: difficulty.coordinationLevel,
      unit_in_charge_id: difficulty.unitInChargeId,
      due_on: difficulty.dueOn,
      outcome: difficulty.outcome,
    })
    .execute()
}

/** Open ones that are past their due day and of which nobody was told for that day; held. */
export async function lockSlippedDifficulties(
  trx: Transaction<DB>,
  today: string,
  limit: number,
): Promise<StoredDifficulty[]> {
  const { rows } = await sql<StoredDifficulty>`
    select ${columns} from difficulties d
    where d.resolved_at is null and d.due_on < ${today}::date and d.told_due_on is distinct from d.due_on
    order by d.due_on, d.id limit ${limit} for update`.execute(trx)
  return rows
}

export async function markDifficultiesTold(trx: Transaction<DB>, ids: readonly string[]): Promise<void> {
  await sql`update difficulties set told_due_on = due_on where id = any(${ids}::uuid[])`.execute(trx)
}

/** One that is sent back as not settled is told of again when it is past its due day. */
export async function forgetTold(trx: Transaction<DB>, id: string): Promise<void> {
  await sql`update difficulties set told_due_on = null where id = ${id}`.execute(trx)
}
