import type { Erratum } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { StoredCorrection } from '../domain/correction.ts'
import type { DB } from '../generated/tables.ts'

/** Gives an erratum to every published bulletin of the year that counted the corrected month. */
export async function insertErrata(
  trx: Transaction<DB>,
  { projectId, period, number }: Pick<StoredCorrection, 'projectId' | 'period' | 'number'>,
  content: Pick<Erratum, 'projectName' | 'reason' | 'changes'>,
  now: Date,
): Promise<void> {
  // A bulletin that is being published waits, or is seen.
  await sql`select pg_advisory_xact_lock(hashtext('bulletin'))`.execute(trx)
  await sql`
    insert into errata (bulletin_period, number, project_id, period, correction_number, at, content)
    select b.period, 1 + (select count(*) from errata e where e.bulletin_period = b.period),
      ${projectId}, ${period}, ${number}, ${now}, ${JSON.stringify(content)}
    from bulletins b where b.period >= ${period} and left(b.period, 4) = left(${period}, 4)`.execute(trx)
}

/** The errata of a bulletin in the order of their numbers. */
export async function listErrata(db: Kysely<DB>, bulletinPeriod: string): Promise<Erratum[]> {
  const { rows } = await sql<{
    number: number
    project_id: string
    period: string
    at: Date
    content: Pick<Erratum, 'projectName' | 'reason' | 'changes'>
  }>`
    select number, project_id, period, at, content from errata
    where bulletin_period = ${bulletinPeriod} order by number`.execute(db)
  return rows.map(({ project_id, at, content, ...row }) => ({
    ...row,
    projectId: project_id,
    at: at.toISOString(),
    ...content,
  }))
}
