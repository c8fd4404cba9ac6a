import { appendEvents } from '@tiaodu/messaging'
import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { decideChange, decideRegistration, toProjectChanged } from '../domain/project-change.ts'
import { type CellProblem, type FileRow, toProject } from '../domain/project-row.ts'
import type { DB } from '../generated/tables.ts'
import {
  insertProjects,
  lockProjectsOfRegions,
  type StoredProject,
  saveProject,
} from '../repositories/projects.repository.ts'
import { checkReferences } from './check-references.ts'

export type LoadResult =
  | { readonly outcome: 'loaded'; readonly created: number; readonly updated: number; readonly unchanged: number }
  | { readonly outcome: 'refused'; readonly problems: readonly CellProblem[] }

const keyOf = (project: { regionCode: string; name: string }) => `${project.regionCode} ${project.name}`

/**
 * Loads a project list by name within region, in one transaction: a project that exists is changed only in the columns
 * of the file. One row with a problem and nothing is loaded.
 */
export async function loadProjects(db: Kysely<DB>, rows: readonly FileRow[], now: Date): Promise<LoadResult> {
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
    const created: StoredProject[] = []
    const updated: StoredProject[] = []
    for (const fields of projects) {
      const current = known.get(keyOf(fields))
      if (current === undefined) created.push(decideRegistration(uuidv7(), fields, now))
      else {
        const next = decideChange(current, fields, now)
        if (next !== undefined) updated.push(next)
      }
    }
    await insertProjects(trx, created)
    const events = created.map((project) => toProjectChanged(project, null))
    for (const project of updated) {
      await saveProject(trx, project)
      events.push(toProjectChanged(project, await checkReferences(trx, project)))
    }
    await appendEvents(trx, events, now)
    const unchanged = projects.length - created.length - updated.length
    return { outcome: 'loaded', created: created.length, updated: updated.length, unchanged }
  })
}
