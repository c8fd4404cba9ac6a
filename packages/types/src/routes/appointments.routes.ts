import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { CalendarDate, Closed, Line, PageOf, pageQuery, Uuid } from '../primitives.ts'
import { AppointmentRole, PERSON_ROLES } from '../roles.ts'
import { ListedPerson } from './people.routes.ts'

/** 任职: a role that a person holds in a unit. */
export const Appointment = Closed({
  id: Uuid,
  unitId: Uuid,
  role: AppointmentRole,
  isMain: Type.Boolean({ description: 'The role and unit that the person signs in as; changed with the person' }),
  fromOn: CalendarDate,
  untilOn: Type.Union([CalendarDate, Type.Null()], { description: 'The last day; null while it lasts' }),
})
export type Appointment = Static<typeof Appointment>

/** An appointment as lists show one: of whom, and in which unit. */
export const ListedAppointment = Closed({
  ...Appointment.properties,
  unitName: Line(100, '单位名称'),
  personId: Uuid,
  personName: Line(50, '姓名'),
  email: ListedPerson.properties.email,
  mobile: ListedPerson.properties.mobile,
})
export type ListedAppointment = Static<typeof ListedAppointment>

export const listAppointments = defineRoute({
  operationId: 'listAppointments',
  method: 'GET',
  url: '/api/v1/appointments',
  service: 'projects',
  summary: 'Who holds which role in which unit, newest first; addresses of contact people (联络人) are shown to all',
  permission: { roles: [...PERSON_ROLES, 'service'], scope: 'none' },
  errors: [],
  schema: {
    querystring: Closed({
      ...pageQuery,
      unitId: Type.Optional(Uuid),
      personId: Type.Optional(Uuid),
      role: Type.Optional(AppointmentRole),
      withEnded: Type.Optional(Type.Boolean({ description: 'Those that ended too' })),
    }),
    response: { 200: PageOf(ListedAppointment) },
  },
})

export const createAppointment = defineRoute({
  operationId: 'createAppointment',
  method: 'POST',
  url: '/api/v1/people/:id/appointments',
  service: 'projects',
  summary: 'Give a person a further role in a unit, or name the person its contact (联络人)',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: ['not-found', 'already-exists', 'unknown-reference'],
  schema: {
    params: Closed({ id: Uuid }),
    body: Closed({
      unitId: Uuid,
      role: AppointmentRole,
      fromOn: CalendarDate,
      reason: Type.Optional(Line(500, '任职依据')),
    }),
    response: { 201: Appointment },
  },
})

export const endAppointment = defineRoute({
  operationId: 'endAppointment',
  method: 'PATCH',
  url: '/api/v1/people/:id/appointments/:appointmentId',
  service: 'projects',
  summary: 'End an appointment other than the main one',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: ['not-found'],
  schema: {
    params: Closed({ id: Uuid, appointmentId: Uuid }),
    body: Closed({ untilOn: CalendarDate, reason: Type.Optional(Line(500, '免职依据')) }),
    response: { 200: Appointment },
  },
})
