import type { Static } from 'typebox'
import { OneOf } from './primitives.ts'

/**
 * What a person does: 填报人 filer, 单位负责人 head, 审核人 reviewer, 责任领导 leader, 督查室 supervisor, 系统管理员 operator.
 * `integrator` and `contributor` are another system (对接系统) with a token: one reads, the other keeps projects up to
 * date too. `service` is one of our own services speaking to another.
 */
export const ROLES = [
  'filer',
  'head',
  'reviewer',
  'leader',
  'supervisor',
  'operator',
  'integrator',
  'contributor',
  'service',
] as const
export const Role = OneOf(
  ROLES,
  '填报人 filer, 单位负责人 head, 审核人 reviewer, 责任领导 leader, 督查 supervisor, operator, 对接系统 integrator (reads), contributor (keeps projects too)',
)
export type Role = Static<typeof Role>

/** The roles a person may have. */
export const PERSON_ROLES = ['filer', 'head', 'reviewer', 'leader', 'supervisor', 'operator'] as const
export const PersonRole = OneOf(
  PERSON_ROLES,
  '填报人 filer, 单位负责人 head, 审核人 reviewer, 责任领导 leader, 督查 supervisor, operator',
)
export type PersonRole = Static<typeof PersonRole>

/**
 * Whom the data of projects is shown to: everybody who signs in, and other systems. What is somebody's own (inbox,
 * preferences, views), people with their telephones, and drafts are for PERSON_ROLES.
 */
export const READER_ROLES = [...PERSON_ROLES, 'integrator', 'contributor'] as const

/** What somebody may be appointed to in a unit: a role, or 联络人 contact, whom others turn to. */
export const APPOINTMENT_ROLES = [...PERSON_ROLES, 'contact'] as const
export const AppointmentRole = OneOf(APPOINTMENT_ROLES, '任职: as the roles of a person, or 联络人 contact')
export type AppointmentRole = Static<typeof AppointmentRole>
