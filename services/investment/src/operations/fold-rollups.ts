import { type Kysely, sql, type Transaction } from 'kysely'
import { lightRuleOf } from '../domain/light-rule.ts'
import type { LightThresholds } from '../domain/lights.ts'
import { toStanding } from '../domain/standing.ts'
import type { DB } from '../generated/tables.ts'
import { LIGHT_RULE, listFormulas } from '../repositories/formulas.repository.ts'
import { lockFolding, markOverdue, takeMarks } from '../repositories/marks.repository.ts'
import { listFacts, saveStandings, tidyCells } from '../repositories/standings.repository.ts'
import { tellLights } from './tell-lights.ts'

const MARKS = 2_000

async function foldSome(trx: Transaction<DB>, now: Date): Promise<boolean> {
  const marks = await takeMarks(trx, MARKS)
  if (marks.length === 0) return false
  const rules = await listFormulas<LightThresholds>(trx, LIGHT_RULE)
  const facts = await listFacts(trx, marks, now)
  const standings = facts.map((known) => toStanding(known, lightRuleOf(rules, known.period)))
  if (standings.length === 0) return true
  await saveStandings(trx, standings)
  await tidyCells(trx, [...new Set(standings.map(({ period }) => period))])
  await tellLights(trx, standings, now)
  return true
}

/** Makes some of the marked standings anew and carries what they change into the cells. @returns whether there were any */
export const foldOnce = (db: Kysely<DB>, now: Date): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    // After the due instant of 200,000 obligations there is much to mark; a reader waits rather than is refused.
    await sql`set local statement_timeout = '60s'`.execute(trx)
    await lockFolding(trx)
    await markOverdue(trx, now)
    return foldSome(trx, now)
  })

/** Brings the roll-ups up to what has been committed, each portion by itself. */
export async function foldRollups(db: Kysely<DB>, now: Date): Promise<void> {
  while (await foldOnce(db, now)) {
    // Until nothing is marked.
  }
}

/** Brings the roll-ups up to what has been committed; they stay so until the caller's transaction ends. */
export async function foldWithin(trx: Transaction<DB>, now: Date): Promise<void> {
  await lockFolding(trx)
  await markOverdue(trx, now)
  while (await foldSome(trx, now)) {
    // Until nothing is marked.
  }
}
