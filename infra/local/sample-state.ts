import pg from 'pg'
import { SCHEMAS } from './database.ts'

/** `fresh`: nothing in the library yet; `unfinished`: loading the sample was interrupted; `used`: somebody's data. */
export type SampleState = 'fresh' | 'unfinished' | 'used'

async function query<T extends pg.QueryResultRow>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(text)).rows
  } finally {
    await client.end()
  }
}

/** Where loading the sample stands; to be asked after the migrations. */
export async function sampleState(url: string): Promise<SampleState> {
  await query(
    url,
    'create table if not exists public.sample_loading (started_at timestamptz not null, finished_at timestamptz)',
  )
  const [row] = await query<{ started: boolean; finished: boolean; used: boolean }>(
    url,
    `select exists (select from public.sample_loading) as started,
            exists (select from public.sample_loading where finished_at is not null) as finished,
            exists (select from projects.projects) as used`,
  )
  if (row?.started && !row.finished) return 'unfinished'
  return row?.used || row?.finished ? 'used' : 'fresh'
}

export const markSampleStarted = (url: string) => query(url, 'insert into public.sample_loading values (now(), null)')

export const markSampleFinished = (url: string) => query(url, 'update public.sample_loading set finished_at = now()')

/** Empties a database whose first start was interrupted; there is nothing in it but half of the sample. */
export async function dropUnfinished(url: string): Promise<void> {
  const schemas = [...Object.keys(SCHEMAS), 'bullmq'].map((schema) => pg.escapeIdentifier(schema)).join(', ')
  await query(url, `drop schema if exists ${schemas} cascade; drop table public.sample_loading`)
}
