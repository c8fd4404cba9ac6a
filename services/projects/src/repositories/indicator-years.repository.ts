import { instantJson } from '@tiaodu/database'
import type { IndicatorChange } from '@tiaodu/types'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { YearFigures } from '../domain/indicator-status.ts'
import type { DB } from '../generated/tables.ts'

export interface StoredYear extends YearFigures {
  readonly version: number
}

/** What was entered for the years of indicators, each indicator's from first to last. */
export async function listYears(db: Kysely<DB>, indicatorIds: readonly string[]): Promise<Map<string, StoredYear[]>> {
  const { rows } = await sql<StoredYear & { id: string }>`
    select indicator_id as id, year, target, actual::float8 as actual, version from indicator_years
    where indicator_id = any(${indicatorIds}) order by indicator_id, year`.execute(db)
  const found = new Map<string, StoredYear[]>()
  for (const { id, ...year } of rows) found.set(id, [...(found.get(id) ?? []), year])
  return found
}

export async function saveYear(trx: Transaction<DB>, id: string, { year, target, actual, version }: StoredYear) {
  await sql`
    insert into indicator_years (indicator_id, year, target, actual, version) values (${id}, ${year}, ${target}, ${actual}, ${version})
    on conflict (indicator_id, year) do update set target = excluded.target, actual = excluded.actual, version = excluded.version`.execute(
    trx,
  )
}

export interface NewChange extends Omit<IndicatorChange, 'at'> {
  readonly subjectId: string
  readonly at: Date
}

export async function insertChanges(trx: Transaction<DB>, changes: readonly NewChange[]): Promise<void> {
  await sql`
    insert into indicator_changes (id, subject_id, year, version, at, actor_id, actor_name, reason, changes)
    select id, "subjectId", year, version, at, "actorId", "actorName", reason, changes
    from json_to_recordset(${JSON.stringify(changes)}::json) as c (id uuid, "subjectId" uuid, year integer,
      version integer, at timestamptz, "actorId" uuid, "actorName" text, reason text, changes jsonb)`.execute(trx)
}

/** Changes of an indicator and its years, newest first; `before` is the id that the last page ended with. */
export async function listChanges(
  db: Kysely<DB>,
  subjectId: string,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<IndicatorChange[]> {
  const { rows } = await sql<IndicatorChange>`
    select id, year, version, ${instantJson('at')} as at, actor_id as "actorId", actor_name as "actorName", reason, changes
    from indicator_changes
    where subject_id = ${subjectId} and (${before ?? null}::uuid is null or id < ${before ?? null})
    order by id desc limit ${limit}`.execute(db)
  return rows
}
