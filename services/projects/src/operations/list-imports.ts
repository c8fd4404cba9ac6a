import { fromCursor, toPage } from '@tiaodu/service'
import type { ImportSummary, Language } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { listImports } from '../repositories/imports.repository.ts'

/** A page of imports, newest first. @throws validation-failed for a cursor that is not ours */
export async function listImportPage(
  db: Kysely<DB>,
  { cursor, limit = 20 }: { cursor?: string | undefined; limit?: number | undefined },
  language: Language,
) {
  const before = cursor === undefined ? undefined : fromCursor(cursor, ['id'])[0]
  const found = await listImports(db, { before, limit: limit + 1 }, language)
  return toPage<ImportSummary>(found, limit, ({ id }) => [id])
}
