import type { Appointment, ListedAppointment, QueryOf, routes } from '@tiaodu/types'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'

const columns = sql`
  a.id, a.unit_id as "unitId", a.role, a.is_main as "isMain", a.from_on as "fromOn", a.until_on as "untilOn"`

/** All that a person was ever appointed to, in order. */
export async function listOf(db: Kysely<DB>, personId: string): Promise<Appointment[]> {
  const { rows } = await sql<Appointment>`
    select ${columns} from appointments a where a.person_id = ${personId} order by a.id`.execute(db)
  return rows
}

/** Writes the appointments of a person; those that are there already can only have ended, or begun again. */
export async function saveAppointments(
  trx: Transaction<DB>,
  personId: string,
  appointments: readonly Appointment[],
): Promise<void> {
  // One main appointment ends before the next one begins: in one statement the index would see both.
  const ended = appointments.filter(({ untilOn }) => untilOn !== null)
  const open = appointments.filter(({ untilOn }) => untilOn === null)
  for (const rows of [ended, open]) {
    await sql`
      insert into appointments (id, person_id, unit_id, role, is_main, from_on, until_on)
      select id, ${personId}::uuid, "unitId", role, "isMain", "fromOn", "untilOn"
      from json_to_recordset(${JSON.stringify(rows)}::json) as a (id uuid, "unitId" uuid, role text, "isMain" boolean,
        "fromOn" date, "untilOn" date)
      on conflict (id) do update set until_on = excluded.until_on`.execute(trx)
  }
}

type Filter = Omit<QueryOf<typeof routes.listAppointments>, 'cursor'> & {
  readonly before: string | undefined
  readonly limit: number
}

/** Appointments newest first; `before` is the id that the last page ended with. */
export async function listAppointments(db: Kysely<DB>, filter: Filter): Promise<ListedAppointment[]> {
  const { unitId, personId, role, withEnded, before, limit } = filter
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  if (unitId !== undefined) conditions.push(sql`a.unit_id = ${unitId}`)
  if (personId !== undefined) conditions.push(sql`a.person_id = ${personId}`)
  if (role !== undefined) conditions.push(sql`a.role = ${role}`)
  if (withEnded !== true) conditions.push(sql`a.until_on is null`)
  if (before !== undefined) conditions.push(sql`a.id < ${before}`)
  const { rows } = await sql<ListedAppointment>`
    select ${columns}, u.name as "unitName", p.id as "personId", p.name as "personName", p.email, p.mobile
    from appointments a join people p on p.id = a.person_id join units u on u.id = a.unit_id
    where ${sql.join(conditions, sql` and `)} order by a.id desc limit ${limit}`.execute(db)
  return rows
}

/** Whether a person holds a role in any unit. */
export const isAppointed = async (db: Kysely<DB>, personId: string, role: Appointment['role']): Promise<boolean> =>
  (await db
    .selectFrom('appointments')
    .select('id')
    .where('person_id', '=', personId)
    .where('role', '=', role)
    .where('until_on', 'is', null)
    .executeTakeFirst()) !== undefined
