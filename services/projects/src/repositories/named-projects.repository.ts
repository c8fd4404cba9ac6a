import type { Place } from '@tiaodu/service'
import type { Stage } from '@tiaodu/types'
import { sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** A project that an id or a 项目代码 names. */
export interface NamedProject {
  readonly id: string
  readonly code: string | null
  readonly stage: Stage
  readonly place: Place
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/

/** The projects that these ids and project codes name; held until the transaction ends. */
export async function lockProjectsNamed(trx: Transaction<DB>, keys: readonly string[]): Promise<NamedProject[]> {
  const ids = keys.filter((key) => UUID.test(key))
  const codes = keys.filter((key) => !UUID.test(key))
  const { rows } = await sql<{
    id: string
    code: string | null
    stage: Stage
    unitId: string | null
    regionCode: string
  }>`
    select p.id, p.project_code as code, p.stage, p.responsible_unit_id as "unitId", p.region_code as "regionCode"
    from projects p where p.id in (
      select unnest(${ids}::uuid[]) union select q.id from projects q where q.project_code = any(${codes}::text[])
    ) order by p.id for update`.execute(trx)
  return rows.map(({ unitId, regionCode, ...row }) => ({ ...row, place: { unitId, regionCode } }))
}
