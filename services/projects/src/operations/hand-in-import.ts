import { createHash } from 'node:crypto'
import { type Language, ProblemError, type ProjectImport, refuse, XLSX_TYPE } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { findImport, findImportByKey, insertImport } from '../repositories/imports.repository.ts'
import type { Act } from './act.ts'

/** A file as it was handed in. */
export interface HandedIn {
  readonly id: string
  readonly content: Uint8Array
  readonly fileType: string
  readonly fileName: string
  readonly isDryRun: boolean
  readonly idempotencyKey: string
}

// Its rows are packed: a larger one would not be read, see readers/xlsx/limits.ts.
const MAX_XLSX_BYTES = 10 * 1024 * 1024

/** @throws not-found */
export async function getImport(db: Kysely<DB>, id: string, language: Language): Promise<ProjectImport> {
  const found = await findImport(db, id, language)
  if (found === undefined) throw refuse('not-found', 'id', { zh: '没有这次导入', en: 'There is no such import' })
  return found
}

/**
 * Takes a file to be loaded by the worker. The same file under the same key again is the same import.
 * @throws validation-failed, body-too-large, idempotency-key-reused
 */
export async function handInImport(
  db: Kysely<DB>,
  file: HandedIn,
  act: Act & { language: Language },
): Promise<ProjectImport> {
  const { id, content, fileType, fileName, isDryRun, idempotencyKey } = file
  if (content.length === 0) throw refuse('validation-failed', 'body', { zh: '文件是空的', en: 'The file is empty' })
  if (fileType === XLSX_TYPE && content.length > MAX_XLSX_BYTES) {
    throw refuse('body-too-large', 'body', {
      zh: 'XLSX 文件不能超过 10 MB，请拆分或改用 CSV',
      en: 'An XLSX file may have 10 MB; split it or use CSV',
    })
  }
  const digest = createHash('sha256').update(`${fileType}\n${fileName}\n${isDryRun}\n`).update(content).digest('hex')
  const isNew = await insertImport(db, {
    id,
    actorId: act.actorId,
    actorName: act.actorName,
    idempotencyKey,
    digest,
    fileType,
    fileName,
    isDryRun,
    content,
    now: act.now,
  })
  if (isNew) return await getImport(db, id, act.language)
  const earlier = await findImportByKey(db, act.actorId, idempotencyKey)
  if (earlier?.digest !== digest) throw new ProblemError('idempotency-key-reused')
  return await getImport(db, earlier.id, act.language)
}
