import { type Kysely, sql } from 'kysely'
import type { SeenProject } from '../domain/assessment/site.ts'
import type { DB } from '../generated/tables.ts'
import { peerGroupOf } from './peers.repository.ts'

interface Row {
  readonly projectId: string
  readonly projectName: string
  readonly regionCode: string
  readonly regionName: string
  readonly peerGroup: string | null
}

/** The projects that have been marked in a half year, with the regions where they stand. */
export async function listSeenProjects(db: Kysely<DB>, half: string): Promise<SeenProject[]> {
  const { rows } = await sql<Row>`
    select p.id as "projectId", p.name as "projectName", p.region_code as "regionCode", p.region_name as "regionName",
      who.peer_group as "peerGroup"
    from projects p left join lateral (${peerGroupOf(sql`p.region_code`)}) who on true
    where p.id in (select subject::uuid from assessment_entries where term = ${half}) order by p.id`.execute(db)
  return rows.map(({ regionCode, regionName, peerGroup, ...project }) => ({
    ...project,
    region: { key: regionCode, name: regionName, peerGroup },
  }))
}
