import { type EventPayload, type NewEvent, type NewProject, type Stage, toDateOn, type Words } from '@tiaodu/types'
import type { CellFault } from '../domain/cell-fault.ts'
import { decideChange, decideRegistration, type StoredProject, toKnown } from '../domain/project-change.ts'
import { assessProject } from '../domain/project-rules.ts'
import type { MoveRow, NewVersion } from '../repositories/history.repository.ts'
import type { KnownProject } from '../repositories/projects.repository.ts'
import type { Act } from './act.ts'

/** A project that a row of a file states. */
export interface Found {
  readonly row: number
  readonly project: NewProject
}

/** What rows of a file do, gathered to be written in few statements. */
export interface Decided {
  readonly created: StoredProject[]
  readonly updated: StoredProject[]
  readonly versions: NewVersion[]
  readonly moves: Omit<MoveRow, 'id'>[]
  /** What other services keep of what was created or updated. */
  readonly known: EventPayload<'project.changed.v1'>[]
  readonly moved: NewEvent[]
  readonly problems: CellFault[]
}

type ListAct = Act & { readonly listName: string }

const keyOf = (project: { regionCode: string; name: string }) => `${project.regionCode} ${project.name}`

/** The history of one row; a stage that a list states is a move that the list shows. */
function note(
  decided: Decided,
  { project, changes }: { project: StoredProject; changes: NewVersion['changes'] },
  from: { stage: Stage | null; unitName: string | null },
  { now, actorId, actorName, listName }: ListAct,
): void {
  const about = { projectId: project.id, at: now, actorId, actorName, reason: listName }
  decided.versions.push({ ...about, version: project.version, changes })
  decided.known.push(toKnown(project, from.unitName))
  if (from.stage === project.stage) return
  const move = { from: from.stage, to: project.stage, movedOn: toDateOn(now) }
  const evidence = [{ kind: 'importedList' as const, reference: listName }]
  decided.moves.push({ ...about, ...move, evidence, approverId: null })
  if (from.stage === null) return
  decided.moved.push({ name: 'project.moved.v1', payload: { projectId: project.id, ...move, from: from.stage } })
}

/** All that a later row could name this project by, before or after it is changed. */
const namesOf = (project: StoredProject) =>
  [project.id, keyOf(project), project.projectCode].filter((name) => name !== null)

/**
 * What each row does to the projects that are known: registers, changes, leaves alone, or cannot be. `claims` holds
 * which row of the list has meant which project so far.
 */
export function decideRows(
  found: readonly Found[],
  known: readonly KnownProject[],
  act: ListAct,
  newId: () => string,
  claims: Map<string, number>,
): Decided {
  const byKey = new Map(known.map((one) => [keyOf(one.project), one]))
  const byCode = new Map(known.map((one) => [one.project.projectCode, one]))
  const decided: Decided = { created: [], updated: [], versions: [], moves: [], known: [], moved: [], problems: [] }
  for (const { row, project: fields } of found) {
    const named = byKey.get(keyOf(fields))
    const coded = fields.projectCode ? byCode.get(fields.projectCode) : undefined
    const refuse = (column: string, value: string, reason: Words) =>
      decided.problems.push({ row, column, value, reason })
    if (coded !== undefined && named !== undefined && coded.project.id !== named.project.id) {
      refuse('name', fields.name, { zh: '名称与代码分属两个项目', en: 'belongs to another project than the code' })
      continue
    }
    const current = coded ?? named
    const claim = [keyOf(fields), fields.projectCode, current?.project.id].find((name) => name && claims.has(name))
    if (claim) {
      refuse('name', fields.name, {
        zh: `与第 ${claims.get(claim)} 行是同一个项目`,
        en: `means the same project as row ${claims.get(claim)}`,
      })
      continue
    }
    if (current !== undefined) for (const name of namesOf(current.project)) claims.set(name, row)
    const next =
      current === undefined
        ? decideRegistration(newId(), fields, act.now)
        : decideChange(current.project, fields, act.now)
    if (next === undefined) continue
    const errors = assessProject(next.project)
    for (const { field, reason } of errors) refuse(field, '', reason)
    if (errors.length > 0) continue
    const list = current === undefined ? decided.created : decided.updated
    list.push(next.project)
    note(decided, next, { stage: current?.project.stage ?? null, unitName: current?.unitName ?? null }, act)
  }
  return decided
}
