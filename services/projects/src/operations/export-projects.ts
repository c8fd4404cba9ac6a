import { pipeline, Readable } from 'node:stream'
import type { Database } from '@tiaodu/database'
import type { Download, Reach } from '@tiaodu/service'
import { type Project, type QueryOf, type routes, toDateOn } from '@tiaodu/types'
import { stringify } from 'csv-stringify'
import { EXPORTED } from '../domain/project-columns.ts'
import { toLine } from '../domain/project-line.ts'
import type { DB } from '../generated/tables.ts'
import type { ProjectFilter } from '../repositories/project-filter.ts'
import { listProjectPage } from '../repositories/project-pages.repository.ts'

const PAGE = 500

async function* everyProject(database: Database<DB>, filter: ProjectFilter, reach: Reach): AsyncGenerator<Project> {
  for (let after: string | null | undefined; after !== null; ) {
    const json = await listProjectPage(database, { filter, reach, after, limit: PAGE })
    const page: { items: Project[]; nextCursor: string | null } = JSON.parse(json)
    yield* page.items
    after = page.nextCursor
  }
}

async function* toNdjson(projects: AsyncIterable<Project>): AsyncGenerator<string> {
  for await (const project of projects) yield `${JSON.stringify(project)}\n`
}

async function* toLines(projects: AsyncIterable<Project>): AsyncGenerator<string[]> {
  for await (const project of projects) yield toLine(project)
}

/** A stream of what the filters find, a page in memory at a time. A spreadsheet reads none of its cells as a formula. */
export function exportProjects(
  database: Database<DB>,
  { format = 'csv', ...filter }: QueryOf<typeof routes.exportProjects>,
  reach: Reach,
  now: Date,
): Download {
  const projects = everyProject(database, filter, reach)
  const fileName = `重点项目-${toDateOn(now)}.${format}`
  if (format === 'ndjson') {
    return { stream: Readable.from(toNdjson(projects)), type: 'application/x-ndjson', fileName }
  }
  const csv = stringify({
    bom: true,
    header: true,
    columns: EXPORTED.map(({ header }) => header),
    escape_formulas: true,
  })
  // What goes wrong on the way ends the answer, so that half a file is not taken for a whole one.
  const stream = pipeline(Readable.from(toLines(projects)), csv, () => {})
  return { stream, type: 'text/csv', fileName }
}
