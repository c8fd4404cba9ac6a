import type { ProjectVersion, Words } from '@tiaodu/types'
import type { CellFault } from '../domain/cell-fault.ts'
import { type ListedProject, stateUnit } from '../domain/listed-project.ts'
import { decideChange, decideRegistration, type StoredProject } from '../domain/project-change.ts'
import { assessProject } from '../domain/project-rules.ts'
import type { UnitNames } from '../domain/unit-names.ts'
import type { KnownProject } from '../repositories/projects.repository.ts'

/** A project that a row of a file states. */
export interface Found {
  readonly row: number
  readonly project: ListedProject
}

/** What a row does to a project that was `known` before, or not. */
export interface RowChange {
  readonly project: StoredProject
  readonly changes: ProjectVersion['changes']
  readonly known: KnownProject | undefined
  /** The name of its unit from now on. */
  readonly unitName: string | null
}

/** What a row comes to. */
export type RowDecision = RowChange | { readonly problems: readonly CellFault[] } | 'unchanged'

const keyOf = (project: { regionCode: string; name: string }) => `${project.regionCode} ${project.name}`

/** All that a later row could name this project by, before or after it is changed. */
const namesOf = (project: StoredProject) =>
  [project.id, keyOf(project), project.projectCode].filter((name) => name !== null)

/** A row that says something wrong, in one cell. */
const refused = (row: number, value: string, reason: Words, column = 'name') => ({
  problems: [{ row, column, value, reason }],
})

/**
 * What each row does to the projects that are known: registers, changes, leaves alone, or cannot be. `claims` holds
 * which row of the list has meant which project so far.
 */
export function* decideRows(
  found: readonly Found[],
  known: readonly KnownProject[],
  now: Date,
  newId: () => string,
  claims: Map<string, number>,
  units: UnitNames,
): Generator<RowDecision> {
  const byKey = new Map(known.map((one) => [keyOf(one.project), one]))
  const byCode = new Map(known.map((one) => [one.project.projectCode, one]))
  for (const { row, project: listed } of found) {
    const named = byKey.get(keyOf(listed))
    const coded = listed.projectCode ? byCode.get(listed.projectCode) : undefined
    if (coded !== undefined && named !== undefined && coded.project.id !== named.project.id) {
      yield refused(row, listed.name, { zh: '名称与代码分属两个项目', en: 'belongs to another project than the code' })
      continue
    }
    const current = coded ?? named
    const claim = [keyOf(listed), listed.projectCode, current?.project.id].find((name) => name && claims.has(name))
    if (claim) {
      const first = claims.get(claim)
      yield refused(row, listed.name, {
        zh: `与第 ${first} 行是同一个项目`,
        en: `means the same project as row ${first}`,
      })
      continue
    }
    if (current !== undefined) for (const name of namesOf(current.project)) claims.set(name, row)
    const stated = stateUnit(listed, current, units)
    if ('reason' in stated) {
      yield refused(row, listed.responsibleUnitName ?? '', stated.reason, 'responsibleUnitName')
      continue
    }
    const { fields, unitName } = stated
    const next =
      current === undefined ? decideRegistration(newId(), fields, now) : decideChange(current.project, fields, now)
    if (next === undefined) {
      yield 'unchanged'
      continue
    }
    const errors = assessProject(next.project)
    if (errors.length > 0)
      yield { problems: errors.map(({ field, reason }) => ({ row, column: field, value: '', reason })) }
    else yield { ...next, known: current, unitName }
  }
}
