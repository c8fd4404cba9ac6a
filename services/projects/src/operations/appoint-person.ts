import { type Appointment, type BodyOf, type routes, toDateOn } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { decideAppointment, decideEnd } from '../domain/person-change.ts'
import type { DB } from '../generated/tables.ts'
import type { Act } from './act.ts'
import { lockPersonVersion, regionOf, savePersonVersion } from './person-version.ts'

/** Gives a person a further role in a unit. @throws not-found, validation-failed, already-exists, unknown-reference */
export const appointPerson = (
  db: Kysely<DB>,
  request: { personId: string; id: string; fields: BodyOf<typeof routes.createAppointment> },
  act: Act,
): Promise<Appointment> =>
  db.transaction().execute(async (trx) => {
    const current = await lockPersonVersion(trx, request.personId, undefined)
    const { reason = null, ...fields } = request.fields
    await regionOf(trx, fields.unitId)
    const appointment = { id: request.id, ...fields }
    await savePersonVersion(trx, decideAppointment(current, appointment, toDateOn(act.now)), { ...act, reason })
    return { ...appointment, isMain: false, untilOn: null }
  })

/** Ends an appointment other than the main one. @throws not-found, validation-failed */
export const endAppointment = (
  db: Kysely<DB>,
  request: { personId: string; appointmentId: string; fields: BodyOf<typeof routes.endAppointment> },
  act: Act,
): Promise<Appointment> =>
  db.transaction().execute(async (trx) => {
    const { personId, appointmentId, fields } = request
    const current = await lockPersonVersion(trx, personId, undefined)
    const decided = decideEnd(current, appointmentId, fields.untilOn, toDateOn(act.now))
    await savePersonVersion(trx, decided, { ...act, reason: fields.reason ?? null })
    return decided.ended
  })
