import { fromCursor, toPage } from '@tiaodu/service'
import type { Actor, QueryOf, ResponseOf, routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { canSeeAddresses } from '../domain/person-visibility.ts'
import type { DB } from '../generated/tables.ts'
import { listAppointments } from '../repositories/appointments.repository.ts'

/** A page of appointments, newest first. @throws validation-failed for a cursor that is not ours */
export async function listAppointmentPage(
  db: Kysely<DB>,
  { cursor, limit = 20, ...filter }: QueryOf<typeof routes.listAppointments>,
  actor: Actor,
): Promise<ResponseOf<typeof routes.listAppointments>> {
  const before = cursor === undefined ? undefined : fromCursor(cursor, ['id'])[0]
  const appointments = await listAppointments(db, { ...filter, before, limit: limit + 1 })
  const shown = appointments.map((one) =>
    one.role === 'contact' || canSeeAddresses(actor, one.unitId) ? one : { ...one, email: null, mobile: null },
  )
  return toPage(shown, limit, ({ id }) => [id])
}
