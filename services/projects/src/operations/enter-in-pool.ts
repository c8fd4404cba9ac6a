import type { Reach } from '@tiaodu/service'
import { type Fault, type NewReserveEntry, ProblemError, toDateOn, type Words } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { assessEntry, assessStep, stageAfter } from '../domain/reserve-pool.ts'
import type { DB } from '../generated/tables.ts'
import { insertEntries, listLastEntries } from '../repositories/reserve-pool.repository.ts'
import type { Act } from './act.ts'
import { findNamed } from './find-named.ts'
import { applyMove } from './move-project.ts'
import { lockVersion } from './save-version.ts'

type Entered = { readonly entered: number; readonly moved: number }

/** Moves a project as its entry says. @returns why it cannot be moved, undefined when it has been */
async function moveBy(trx: Transaction<DB>, id: string, to: 'reserve' | 'withdrawn', entry: NewReserveEntry, act: Act) {
  const { decidedOn: movedOn, reason, document } = entry
  const evidence = document === undefined ? {} : { evidence: [{ kind: 'listing' as const, reference: document }] }
  const move = { to, movedOn, ...(reason === undefined ? {} : { reason }), ...evidence }
  try {
    await applyMove(trx, await lockVersion(trx, id, undefined), { id: uuidv7(), move }, act)
    return undefined
  } catch (error) {
    const fault = error instanceof ProblemError ? error.faults[0] : undefined
    if (fault === undefined) throw error
    return fault.reason
  }
}

/**
 * Enters projects, by id or code, in the reserve pool of a year, all or none. 入库 and 增补 take a project from 谋划
 * (or back from 退出) into 储备.
 * @throws validation-failed; unknown-reference and entry-forbidden naming every project that cannot be
 */
export const enterInPool = (
  db: Kysely<DB>,
  year: number,
  { projects: keys, ...entry }: NewReserveEntry & { projects: readonly string[] },
  reach: Reach,
  act: Act,
): Promise<Entered> =>
  db.transaction().execute(async (trx) => {
    const lacking = assessEntry(entry, toDateOn(act.now))
    if (lacking.length > 0) throw new ProblemError('validation-failed', undefined, lacking)
    const fieldOf = (at: number) => `projects.${at}`
    const projects = await findNamed(trx, { keys, fieldOf }, reach)
    const ids = projects.map(({ id }) => id)
    const last = new Map((await listLastEntries(trx, year, ids)).map((one) => [one.projectId, one]))
    const faults: Fault[] = []
    let moved = 0
    for (const [at, { id, stage }] of projects.entries()) {
      const { state = null, decidedOn = null } = last.get(id) ?? {}
      let fault: Words | undefined = assessStep({ state, decidedOn, stage }, entry)
      const to = fault === undefined ? stageAfter(stage, entry) : undefined
      if (to !== undefined) {
        fault = await moveBy(trx, id, to, entry, act)
        moved += 1
      }
      if (fault !== undefined) faults.push({ field: fieldOf(at), reason: fault })
    }
    if (faults.length > 0) throw new ProblemError('entry-forbidden', undefined, faults)
    const entries = ids.map((projectId) => ({
      id: uuidv7(),
      projectId,
      number: (last.get(projectId)?.number ?? 0) + 1,
    }))
    const { state, decidedOn, reason = null, document = null } = entry
    const { now: at, actorId, actorName } = act
    await insertEntries(trx, entries, { year, state, decidedOn, reason, document, at, actorId, actorName })
    return { entered: entries.length, moved }
  })
