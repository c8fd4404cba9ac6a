import { instantJson } from '@tiaodu/database'
import type { Version } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

type Subject = 'project' | 'unit' | 'person' | 'programme' | 'step'

/** A version to be written, with the id of what it is a version of (`projectId`, `unitId` …). */
export type NewVersionOf<S extends Subject> = Omit<Version, 'at'> & { readonly at: Date } & {
  readonly [K in `${S}Id`]: string
}

/** The versions of one kind of thing, in its table `<subject>_versions`. */
export function ledgerOf<const S extends Subject>(subject: S) {
  const table = sql.table(`${subject}_versions`)
  const key = sql.ref(`${subject}_id`)
  const sent = sql.ref(`${subject}Id`)
  const columns = sql`version, ${instantJson('at')} as at, actor_id as "actorId", actor_name as "actorName", reason, changes`
  return {
    async insertVersions(trx: Transaction<DB>, versions: readonly NewVersionOf<S>[]): Promise<void> {
      await sql`
        insert into ${table} (${key}, version, at, actor_id, actor_name, reason, changes)
        select ${sent}, version, at, "actorId", "actorName", reason, changes
        from json_to_recordset(${JSON.stringify(versions)}::json) as v (${sent} uuid, version integer, at timestamptz,
          "actorId" uuid, "actorName" text, reason text, changes json)`.execute(trx)
    },
    /** Versions newest first; `before` is the version that the last page ended with. */
    async listVersions(
      db: Kysely<DB>,
      id: string,
      { before, limit }: { before: number | undefined; limit: number },
    ): Promise<Version[]> {
      const { rows } = await sql<Version>`
        select ${columns} from ${table}
        where ${key} = ${id} and (${before ?? null}::int is null or version < ${before ?? null})
        order by version desc limit ${limit}`.execute(db)
      return rows
    },
    /** The versions up to an instant, oldest first. */
    async listVersionsUntil(db: Kysely<DB>, id: string, instant: Date): Promise<Version[]> {
      const { rows } = await sql<Version>`
        select ${columns} from ${table} where ${key} = ${id} and at <= ${instant} order by version`.execute(db)
      return rows
    },
  }
}
