import type { Bulk } from '@tiaodu/database'
import { copyEvents } from '@tiaodu/messaging/outbox'
import { type EventPayload, type NewEvent, toDateOn } from '@tiaodu/types'
import { type StoredProject, toKnown } from '../domain/project-change.ts'
import type { DB } from '../generated/tables.ts'
import { copyMoves, copyVersions } from '../repositories/history.repository.ts'
import { copyProjects } from '../repositories/new-projects.repository.ts'
import { saveProjects } from '../repositories/projects.repository.ts'
import { refuseTaken } from '../repositories/taken.ts'
import type { Act } from './act.ts'
import type { RowChange } from './decide-rows.ts'
import { noteRegions } from './note-regions.ts'

const PROJECTS_PER_EVENT = 200

/** Writes what the rows of a list do, with their history and events: gathered row by row, sent many at a time. */
export function createListWriter(bulk: Bulk<DB>, act: Act & { listName: string }) {
  const { now, actorId, actorName, listName } = act
  const created = copyProjects(bulk)
  const versions = copyVersions(bulk)
  const moves = copyMoves(bulk)
  const events = copyEvents(bulk, now)
  let updated: StoredProject[] = []
  const regionNames = new Map<string, string>()
  const regionsNoted = new Set<string>()
  let known: EventPayload<'project.changed.v1'>[] = []
  let moved: NewEvent[] = []
  const about = { at: now, actorId, actorName, reason: listName }
  const movedOn = toDateOn(now)
  const evidence = [{ kind: 'importedList' as const, reference: listName }]

  const tell = () => {
    if (known.length > 0) events.add({ name: 'projects.loaded.v1', payload: { projects: known } })
    for (const event of moved) events.add(event)
    known = []
    moved = []
  }
  const noteNewRegions = async () => {
    const named = [...regionNames].map(([regionCode, regionName]) => ({ regionCode, regionName }))
    regionNames.clear()
    for (const { regionCode } of named) regionsNoted.add(regionCode)
    if (named.length > 0) await noteRegions(bulk.trx, named, act)
  }
  return {
    add({ project, changes, known: before, unitName }: RowChange): void {
      const projectId = project.id
      if (!regionsNoted.has(project.regionCode)) regionNames.set(project.regionCode, project.regionName)
      if (before === undefined) created.add(project)
      else updated.push(project)
      versions.add({ ...about, projectId, version: project.version, changes })
      known.push(toKnown(project, unitName))
      const [from, to] = [before?.project.stage ?? null, project.stage]
      // A stage that a list states is a move that the list shows.
      if (from !== to) moves.add({ ...about, projectId, from, to, movedOn, evidence })
      if (from !== to && from !== null)
        moved.push({ name: 'project.moved.v1', payload: { projectId, movedOn, from, to } })
      if (known.length === PROJECTS_PER_EVENT) tell()
    },
    /** @throws already-exists when another project took a name or code at the same moment */
    async send(): Promise<void> {
      tell()
      const changed = updated
      updated = []
      // Asked all at once: PostgreSQL takes one after the other and never waits for us.
      await Promise.all([
        noteNewRegions(),
        refuseTaken(created.send()),
        changed.length > 0 && saveProjects(bulk.trx, changed),
        versions.send(),
        moves.send(),
        events.send(),
      ])
    },
  }
}
