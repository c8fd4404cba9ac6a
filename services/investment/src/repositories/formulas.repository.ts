import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

/** The subject of the rule that lights are judged by. */
export const LIGHT_RULE = 'lights'

/** What a version says beside its content. */
export interface FormulaHead {
  readonly version: number
  readonly fromPeriod: string
  readonly at: string
  readonly actorId: string | null
  readonly actorName: string
  readonly reason: string
}

/** A rule that is data, as one version of it says. */
export interface StoredFormula<Content> extends FormulaHead {
  readonly content: Content
}

const columns = sql`version, from_period as "fromPeriod", content, at, actor_id as "actorId", actor_name as "actorName", reason`

type Row<Content> = Omit<StoredFormula<Content>, 'at'> & { at: Date }
const toStored = <Content>({ at, ...row }: Row<Content>): StoredFormula<Content> => ({ ...row, at: at.toISOString() })

/** Versions of a rule, newest first. */
export async function listFormulas<Content>(db: Kysely<DB>, subject: string): Promise<StoredFormula<Content>[]> {
  const { rows } = await sql<Row<Content>>`
    select ${columns} from formulas where subject = ${subject} order by version desc`.execute(db)
  return rows.map(toStored)
}

/** The rule in force for a period: the newest version that counts from it or from an earlier one. */
export async function getFormulaOf<Content>(
  db: Kysely<DB>,
  subject: string,
  period: string,
): Promise<StoredFormula<Content>> {
  const { rows } = await sql<Row<Content>>`
    select ${columns} from formulas where subject = ${subject} and from_period <= ${period}
    order by version desc limit 1`.execute(db)
  if (rows[0] === undefined) throw new Error(`No formula of ${subject} is in force in ${period}`)
  return toStored(rows[0])
}

/** Makes two changes of a rule wait for each other. @returns its newest version */
export async function lockFormula<Content>(trx: Transaction<DB>, subject: string): Promise<StoredFormula<Content>> {
  await sql`select pg_advisory_xact_lock(hashtext('formulas'), hashtext(${subject}))`.execute(trx)
  const [newest] = await listFormulas<Content>(trx, subject)
  if (newest === undefined) throw new Error(`There is no formula of ${subject}`)
  return newest
}

export const insertFormula = async (
  trx: Transaction<DB>,
  subject: string,
  formula: StoredFormula<object>,
): Promise<void> => {
  const { version, fromPeriod, content, at, actorId, actorName, reason } = formula
  await sql`
    insert into formulas (subject, version, from_period, content, at, actor_id, actor_name, reason)
    values (${subject}, ${version}, ${fromPeriod}, ${JSON.stringify(content)}::jsonb, ${at}, ${actorId}, ${actorName}, ${reason})`.execute(
    trx,
  )
}
