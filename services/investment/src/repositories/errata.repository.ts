import type { Erratum } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { StoredCorrection } from '../domain/correction.ts'
import type { DB } from '../generated/tables.ts'
import { lockBulletins } from './bulletins.repository.ts'

type Content = Pick<Erratum, 'projectName' | 'reason' | 'changes'>

/** Which erratum of which bulletin. */
export interface NewErratum {
  readonly period: string
  readonly number: number
}

const nextNumber = sql`1 + (select count(*) from errata e where e.bulletin_period = b.period)`

/** Gives an erratum to every published bulletin of the year that counted the corrected month. */
export async function insertErrata(
  trx: Transaction<DB>,
  { projectId, period, number }: Pick<StoredCorrection, 'projectId' | 'period' | 'number'>,
  content: Content,
  now: Date,
): Promise<NewErratum[]> {
  // A bulletin that is being published waits, or is seen.
  await lockBulletins(trx)
  const { rows } = await sql<NewErratum>`
    insert into errata (bulletin_period, number, project_id, period, correction_number, at, content)
    select b.period, ${nextNumber}, ${projectId}, ${period}, ${number}, ${now}, ${JSON.stringify(content)}
    from bulletins b where b.period >= ${period} and left(b.period, 4) = left(${period}, 4)
    returning bulletin_period as period, number`.execute(trx)
  return rows
}

/** Gives a published bulletin an erratum about its own text. */
export async function insertTextErratum(
  trx: Transaction<DB>,
  period: string,
  content: Content,
  { now, actorId }: { readonly now: Date; readonly actorId: string | null },
): Promise<NewErratum> {
  const { rows } = await sql<NewErratum>`
    insert into errata (bulletin_period, number, period, at, content, actor_id)
    select b.period, ${nextNumber}, b.period, ${now}, ${JSON.stringify(content)}, ${actorId}
    from bulletins b where b.period = ${period} returning bulletin_period as period, number`.execute(trx)
  return rows[0] as NewErratum
}

/** The errata of a bulletin in the order of their numbers. */
export async function listErrata(db: Kysely<DB>, bulletinPeriod: string): Promise<Erratum[]> {
  const { rows } = await sql<{
    number: number
    project_id: string | null
    period: string
    at: Date
    content: Content
  }>`
    select number, project_id, period, at, content from errata
    where bulletin_period = ${bulletinPeriod} order by number`.execute(db)
  return rows.map(({ project_id, at, content, ...row }) => ({
    ...row,
    kind: project_id === null ? 'text' : 'correction',
    projectId: project_id,
    at: at.toISOString(),
    ...content,
  }))
}
