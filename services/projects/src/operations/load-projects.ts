import { appendEvents } from '@tiaodu/messaging'
import { type NewEvent, type Stage, toDateOn } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { decideChange, decideRegistration, type StoredProject, toProjectChanged } from '../domain/project-change.ts'
import { type CellProblem, type FileRow, toProject } from '../domain/project-row.ts'
import type { DB } from '../generated/tables.ts'
import { insertMoves, insertVersions, type MoveRow, type NewVersion } from '../repositories/history.repository.ts'
import { insertProjects, lockProjectsOfRegions, saveProject } from '../repositories/projects.repository.ts'
import type { Act } from './act.ts'
import { checkProject } from './check-project.ts'

export type LoadResult =
  | { readonly outcome: 'loaded'; readonly created: number; readonly updated: number; readonly unchanged: number }
  | { readonly outcome: 'refused'; readonly problems: readonly CellProblem[] }

/** What a file does, gathered to be written in few statements. */
interface Load {
  readonly created: StoredProject[]
  readonly versions: NewVersion[]
  readonly moves: MoveRow[]
  readonly events: NewEvent[]
}

const keyOf = (project: { regionCode: string; name: string }) => `${project.regionCode} ${project.name}`

/** Notes the history of one row; a stage that a list states is a move that the list shows. */
function note(
  load: Load,
  { project, changes }: { project: StoredProject; changes: NewVersion['changes'] },
  { now, actorId, actorName, listName, from, unitName }: Act & Context,
): void {
  const about = { projectId: project.id, at: now, actorId, actorName, reason: listName }
  load.versions.push({ ...about, version: project.version, changes })
  load.events.push(toProjectChanged(project, unitName))
  if (from === project.stage) return
  const movedOn = toDateOn(now)
  load.moves.push({
    ...about,
    id: uuidv7(),
    from,
    to: project.stage,
    movedOn,
    evidence: [{ kind: 'importedList', reference: listName }],
    approverId: null,
  })
  if (from !== null) {
    load.events.push({
      name: 'project.moved.v1',
      payload: { projectId: project.id, from, to: project.stage, movedOn },
    })
  }
}

interface Context {
  readonly listName: string
  readonly from: Stage | null
  readonly unitName: string | null
}

/**
 * Loads a project list by name within region, in one transaction: a project that exists is changed only in the columns
 * of the file. One row with a problem and nothing is loaded.
 */
export async function loadProjects(
  db: Kysely<DB>,
  rows: readonly FileRow[],
  act: Act & { listName: string },
): Promise<LoadResult> {
  const parsed = rows.map((row, index) => toProject(row, index + 2))
  const problems = parsed.flatMap((result) => ('problems' in result ? result.problems : []))
  const projects = parsed.flatMap((result) => ('project' in result ? [result.project] : []))
  const seen = new Set<string>()
  for (const [index, result] of parsed.entries()) {
    if ('problems' in result) continue
    const { project } = result
    if (seen.has(keyOf(project))) {
      problems.push({ row: index + 2, column: 'name', value: project.name, reason: 'stands twice in the file' })
    }
    seen.add(keyOf(project))
  }
  if (problems.length > 0) return { outcome: 'refused', problems }

  return await db.transaction().execute(async (trx) => {
    const regions = [...new Set(projects.map((project) => project.regionCode))]
    const known = new Map((await lockProjectsOfRegions(trx, regions)).map((project) => [keyOf(project), project]))
    const load: Load = { created: [], versions: [], moves: [], events: [] }
    let updated = 0
    for (const fields of projects) {
      const current = known.get(keyOf(fields))
      const decided =
        current === undefined ? decideRegistration(uuidv7(), fields, act.now) : decideChange(current, fields, act.now)
      if (decided === undefined) continue
      const { project } = decided
      // A row that is new names nothing but itself; one that is known may have got a unit and people since.
      const unitName = current === undefined ? null : await checkProject(trx, project)
      if (current === undefined) load.created.push(project)
      else {
        updated++
        await saveProject(trx, project)
      }
      note(load, decided, { ...act, from: current?.stage ?? null, unitName })
    }
    await insertProjects(trx, load.created)
    await insertVersions(trx, load.versions)
    await insertMoves(trx, load.moves)
    await appendEvents(trx, load.events, act.now)
    const created = load.created.length
    return { outcome: 'loaded', created, updated, unchanged: projects.length - created - updated }
  })
}
