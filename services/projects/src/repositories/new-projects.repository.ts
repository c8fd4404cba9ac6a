import type { Bulk, Copy } from '@tiaodu/database'
import { NOTHING_STORED, type StoredProject } from '../domain/project-change.ts'
import type { DB } from '../generated/tables.ts'
import { FIELDS, type Field, toCell, toColumn } from './project-record.ts'

const isNothing = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0)

// What the table has no default for.
const NEEDED = FIELDS.filter((field) => !isNothing(NOTHING_STORED[field]))

/**
 * Very many new projects. Only columns are sent that some project of the list so far says something in: most lists have
 * a dozen of them, and PostgreSQL has the others' defaults at hand.
 */
export function copyProjects({ copy }: Bulk<DB>): Copy<StoredProject> {
  const said = new Set<Field>(NEEDED)
  const copies: Copy<StoredProject>[] = []
  const widen = () => {
    const fields = [...said]
    const toCells = (project: StoredProject) => fields.map((field) => toCell(field, project[field]))
    copies.push(copy('projects', fields.map(toColumn), toCells))
  }
  return {
    add(project) {
      const before = said.size
      for (const field of FIELDS) if (project[field] !== NOTHING_STORED[field]) said.add(field)
      if (said.size > before) widen()
      copies.at(-1)?.add(project)
    },
    async send() {
      // Only the widest is added to from now on.
      const narrower = copies.splice(0, copies.length - 1)
      await Promise.all([...narrower, ...copies].map((one) => one.send()))
    },
  }
}
