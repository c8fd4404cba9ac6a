import { assessQuery } from '@tiaodu/service'
import {
  type Actor,
  type BodyOf,
  MAX_SAVED_VIEWS,
  ProblemError,
  projectFilters,
  refuse,
  type routes,
  type SavedView,
} from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import {
  countViews,
  deleteView,
  listViews,
  lockView,
  type OwnedView,
  saveView,
} from '../repositories/saved-views.repository.ts'
import { refuseTaken } from '../repositories/taken.ts'
import { assertVersion } from './assert-version.ts'

/** Who keeps views, and when. */
interface Keeping {
  readonly actor: Actor
  readonly now: Date
}

const toSavedView = ({ personId, ...view }: OwnedView): SavedView => ({ ...view, isShared: personId === null })

function refuseFilters(filters: SavedView['filters']): void {
  const faults = assessQuery(projectFilters, filters, 'filters')
  if (faults.length > 0) throw new ProblemError('validation-failed', undefined, faults)
}

// What is another person's is not there; what is shared is the operators' to change.
async function getLockedView(trx: Transaction<DB>, id: string, actor: Actor): Promise<OwnedView> {
  const view = await lockView(trx, id)
  if (view === undefined || (view.personId !== null && view.personId !== actor.personId))
    throw refuse('not-found', 'id', { zh: '没有这个视图', en: 'There is no such view' })
  if (view.personId === null && actor.role !== 'operator') throw new ProblemError('role-not-allowed')
  return view
}

/** The views that are shared and the person's own. */
export const listSavedViews = async (db: Kysely<DB>, { personId }: Actor): Promise<{ items: SavedView[] }> => ({
  items: personId === null ? [] : await listViews(db, personId),
})

/** Keeps filters under a name. @throws validation-failed, role-not-allowed (sharing), already-exists, limit-reached */
export const keepView = (
  db: Kysely<DB>,
  id: string,
  { name, filters, isShared = false }: BodyOf<typeof routes.createSavedView>,
  { actor, now }: Keeping,
): Promise<SavedView> =>
  db.transaction().execute(async (trx) => {
    if (isShared ? actor.role !== 'operator' : actor.personId === null) throw new ProblemError('role-not-allowed')
    refuseFilters(filters)
    const personId = isShared ? null : actor.personId
    if ((await countViews(trx, personId)) >= MAX_SAVED_VIEWS)
      throw refuse('limit-reached', 'name', {
        zh: `最多 ${MAX_SAVED_VIEWS} 个视图`,
        en: `There can be ${MAX_SAVED_VIEWS} views`,
      })
    const view = { id, personId, name, filters, version: 1 }
    await refuseTaken(saveView(trx, view, { at: now, actorName: actor.name }))
    return toSavedView(view)
  })

/** Renames a view or keeps other filters under it. @throws not-found, role-not-allowed, version-mismatch, validation-failed, already-exists */
export const changeView = (
  db: Kysely<DB>,
  { id, expectedVersion }: { id: string; expectedVersion: number | undefined },
  patch: BodyOf<typeof routes.updateSavedView>,
  { actor, now }: Keeping,
): Promise<SavedView> =>
  db.transaction().execute(async (trx) => {
    const current = await getLockedView(trx, id, actor)
    assertVersion(current, expectedVersion)
    if (patch.filters !== undefined) refuseFilters(patch.filters)
    const view = { ...current, ...patch, version: current.version + 1 }
    await refuseTaken(saveView(trx, view, { at: now, actorName: actor.name }))
    return toSavedView(view)
  })

/** Forgets a view. @throws not-found, role-not-allowed */
export const forgetView = (db: Kysely<DB>, id: string, actor: Actor): Promise<null> =>
  db.transaction().execute(async (trx) => {
    await getLockedView(trx, id, actor)
    await deleteView(trx, id)
    return null
  })
