import type { Database } from '@tiaodu/database'
import { assertWithin, type Reach } from '@tiaodu/service'
import type { DB } from '../generated/tables.ts'
import { findProgress } from '../repositories/progress.repository.ts'

/** A project with its last reports as JSON text. @throws not-found outside-scope */
export async function getProgress(database: Database<DB>, id: string, reach: Reach): Promise<{ json: string }> {
  const found = await findProgress(database, id)
  assertWithin(reach, found)
  return { json: found.json }
}
