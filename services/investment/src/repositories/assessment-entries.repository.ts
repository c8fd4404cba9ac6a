import { instantJson } from '@tiaodu/database'
import type { AssessmentEntry } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** What an entry is about. */
export type OfEntry = Pick<AssessmentEntry, 'term' | 'subject' | 'topic'>

// Two decimals are kept as whole hundredths, and told as the number that they are.
const asJson = sql`json_build_object('term', term, 'subject', subject, 'topic', topic, 'version', version,
  'mark', mark_hundredths::float8 / 100, 'text', text, 'at', ${instantJson('at')}, 'actorId', actor_id,
  'actorName', actor_name, 'isSimulated', is_simulated)`
const HUNDREDTHS = 100

/** Makes those who enter, change or publish what is about one term wait for each other. */
export const lockTerm = async (trx: Transaction<DB>, term: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('assessment'), hashtext(${term}))`.execute(trx)
}

/** The newest version of all that is entered about a term. */
export async function listEntries(db: Kysely<DB>, term: string): Promise<AssessmentEntry[]> {
  const { rows } = await sql<{ entry: AssessmentEntry }>`
    select distinct on (subject, topic) ${asJson} as entry from assessment_entries
    where term = ${term} order by subject, topic, version desc`.execute(db)
  return rows.map(({ entry }) => entry)
}

/** Every version of it, newest first. */
export async function listEntryVersions(db: Kysely<DB>, term: string): Promise<AssessmentEntry[]> {
  const { rows } = await sql<{ entry: AssessmentEntry }>`
    select ${asJson} as entry from assessment_entries
    where term = ${term} order by assessment_entries.at desc, subject, topic, version desc`.execute(db)
  return rows.map(({ entry }) => entry)
}

export async function findEntry(
  db: Kysely<DB>,
  { term, subject, topic }: OfEntry,
): Promise<AssessmentEntry | undefined> {
  const { rows } = await sql<{ entry: AssessmentEntry }>`
    select ${asJson} as entry from assessment_entries
    where term = ${term} and subject = ${subject} and topic = ${topic} order by version desc limit 1`.execute(db)
  return rows[0]?.entry
}

export async function insertEntry(trx: Transaction<DB>, entry: AssessmentEntry): Promise<void> {
  await trx
    .insertInto('assessment_entries')
    .values({
      term: entry.term,
      subject: entry.subject,
      topic: entry.topic,
      version: entry.version,
      mark_hundredths: entry.mark === null ? null : Math.round(entry.mark * HUNDREDTHS),
      text: entry.text,
      at: entry.at,
      actor_id: entry.actorId,
      actor_name: entry.actorName,
      is_simulated: entry.isSimulated,
    })
    .execute()
}
