import { instantJson } from '@tiaodu/database'
import type { ImportSummary, Language, ProjectImport, Words } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { CellFault } from '../domain/cell-fault.ts'
import type { DB } from '../generated/tables.ts'

export interface NewImport {
  readonly id: string
  readonly actorId: string | null
  readonly actorName: string
  readonly idempotencyKey: string
  readonly digest: string
  readonly fileType: string
  readonly fileName: string
  readonly isDryRun: boolean
  readonly content: Uint8Array
  readonly now: Date
}

/** What came of an import. */
export type ImportOutcome = Pick<
  ProjectImport,
  'state' | 'checkedRows' | 'created' | 'updated' | 'unchanged' | 'problemCount'
> &
  Partial<Pick<ProjectImport, 'nearDuplicates' | 'ignoredColumns' | 'sheet'>> & {
    readonly problems?: readonly CellFault[]
    readonly failure?: Words
  }

const RING_AGAIN_SECONDS = 60

const summary = sql`id, state, is_dry_run as "isDryRun", file_name as "fileName", checked_rows as "checkedRows", created,
  updated, unchanged, problem_count as "problemCount", sheet, failure, ${instantJson('created_at')} as "createdAt",
  ${instantJson('finished_at')} as "finishedAt"`
const columns = sql`${summary}, problems, near_duplicates as "nearDuplicates", ignored_columns as "ignoredColumns"`

/** @returns false when this actor has used the key before */
export async function insertImport(db: Kysely<DB>, file: NewImport): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    insert into imports (id, actor_id, actor_name, idempotency_key, digest, file_type, file_name, is_dry_run, content, state, created_at)
    values (${file.id}, ${file.actorId}, ${file.actorName}, ${file.idempotencyKey}, ${file.digest}, ${file.fileType},
      ${file.fileName}, ${file.isDryRun}, ${file.content}, 'queued', ${file.now})
    on conflict do nothing`.execute(db)
  return numAffectedRows === 1n
}

type StoredImport = Omit<ProjectImport, 'problems' | 'failure'> & { problems: CellFault[]; failure: Words | null }

/** An import as its reader is told of it. */
const toImport = (stored: StoredImport, language: Language): ProjectImport => ({
  ...stored,
  problems: stored.problems.map((problem) => ({ ...problem, reason: problem.reason[language] })),
  failure: stored.failure?.[language] ?? null,
})

export async function findImport(db: Kysely<DB>, id: string, language: Language): Promise<ProjectImport | undefined> {
  const { rows } = await sql<StoredImport>`select ${columns} from imports where id = ${id}`.execute(db)
  return rows[0] && toImport(rows[0], language)
}

/** Imports newest first; `before` is the id that the last page ended with. */
export async function listImports(
  db: Kysely<DB>,
  { before, limit }: { before: string | undefined; limit: number },
  language: Language,
): Promise<ImportSummary[]> {
  const { rows } = await sql<Omit<ImportSummary, 'failure'> & { failure: Words | null }>`
    select ${summary}, actor_name as "actorName" from imports
    where ${before ?? null}::uuid is null or id < ${before ?? null} order by id desc limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...row, failure: row.failure?.[language] ?? null }))
}

/** The import that an actor has handed in under a key, with the digest of what was handed in. */
export async function findImportByKey(
  db: Kysely<DB>,
  actorId: string | null,
  idempotencyKey: string,
): Promise<{ id: string; digest: string } | undefined> {
  const query = db.selectFrom('imports').select(['id', 'digest']).where('idempotency_key', '=', idempotencyKey)
  return await query.where(sql<boolean>`actor_id is not distinct from ${actorId}`).executeTakeFirst()
}

/** Imports that are to be run and were not rung for within the last minute. */
export async function listDueImports(db: Kysely<DB>, limit: number): Promise<{ id: string; attempt: number }[]> {
  const { rows } = await sql<{ id: string; attempt: number }>`
    select id, attempts as attempt from imports where state in ('queued', 'running')
      and (rung_at is null or rung_at < now() - make_interval(secs => ${RING_AGAIN_SECONDS}))
    order by created_at limit ${limit}`.execute(db)
  return rows
}

export const markRung = async (db: Kysely<DB>, ids: string[]): Promise<void> => {
  await sql`update imports set rung_at = now(), attempts = attempts + 1 where id = any(${ids})`.execute(db)
}

/** Whether nobody else runs this import; held until the transaction ends. */
export async function claimImport(trx: Transaction<DB>, id: string): Promise<boolean> {
  const { rows } = await sql<{ claimed: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${id}, 0)) as claimed`.execute(trx)
  return rows[0]?.claimed === true
}

/** The file of an import that is still to be run. */
export async function findFile(
  db: Kysely<DB>,
  id: string,
): Promise<
  (Pick<NewImport, 'actorId' | 'actorName' | 'fileType' | 'fileName' | 'isDryRun'> & { content: Buffer }) | undefined
> {
  const query = db.selectFrom('imports').where('id', '=', id).where('state', 'in', ['queued', 'running'])
  const row = await query
    .select(['actor_id', 'actor_name', 'file_type', 'file_name', 'is_dry_run', 'content'])
    .executeTakeFirst()
  if (row === undefined || row.content === null) return undefined
  return {
    actorId: row.actor_id,
    actorName: row.actor_name,
    fileType: row.file_type,
    fileName: row.file_name,
    isDryRun: row.is_dry_run,
    content: row.content,
  }
}

export const noteProgress = async (db: Kysely<DB>, id: string, checkedRows: number): Promise<void> => {
  await sql`update imports set state = 'running', checked_rows = ${checkedRows}, rung_at = now() where id = ${id}`.execute(
    db,
  )
}

/** Writes what came of an import and forgets the file. */
export async function finishImport(db: Kysely<DB>, id: string, outcome: ImportOutcome, now: Date): Promise<void> {
  const { state, checkedRows, created, updated, unchanged, problemCount } = outcome
  await sql`
    update imports set state = ${state}, checked_rows = ${checkedRows}, created = ${created}, updated = ${updated},
      unchanged = ${unchanged}, problem_count = ${problemCount}, problems = ${JSON.stringify(outcome.problems ?? [])},
      near_duplicates = ${JSON.stringify(outcome.nearDuplicates ?? [])}, ignored_columns = ${outcome.ignoredColumns ?? []},
      sheet = ${outcome.sheet ? JSON.stringify(outcome.sheet) : null},
      failure = ${outcome.failure === undefined ? null : JSON.stringify(outcome.failure)}, finished_at = ${now}, content = null
    where id = ${id}`.execute(db)
}

/** Ends an import that has gone wrong again and again. */
export async function giveUp(db: Kysely<DB>, id: string, attempts: number, failure: Words, now: Date): Promise<void> {
  await sql`
    update imports set state = 'failed', failure = ${JSON.stringify(failure)}, finished_at = ${now}, content = null
    where id = ${id} and attempts >= ${attempts} and state in ('queued', 'running')`.execute(db)
}
