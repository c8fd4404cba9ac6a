import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { MessageKind, PersonalChannel } from '../messages.ts'
import { ClockTime, QuietHours } from '../policy.ts'
import { Closed, Nullable } from '../primitives.ts'
import { PERSON_ROLES } from '../roles.ts'

const wishes = {
  channels: Type.Array(PersonalChannel, {
    uniqueItems: true,
    description: '渠道 beside the inbox, which always gets it',
  }),
  digestTime: Type.Union([ClockTime, Type.Null()], {
    description: 'Clock time at which digests leave; null: when they are made',
  }),
  quietHours: Nullable(QuietHours),
}

/** 通知偏好 of one person for one kind of message. */
export const Preference = Closed({
  kind: MessageKind,
  ...wishes,
  isCompulsory: Type.Boolean({ description: 'It cannot be switched off' }),
  compulsoryBecause: Type.Union([Type.String(), Type.Null()], {
    description: 'Which duty makes it compulsory for this role; null when none does',
  }),
  isDefault: Type.Boolean({ description: 'The person has said nothing of it' }),
})
export type Preference = Static<typeof Preference>

export const listPreferences = defineRoute({
  operationId: 'listPreferences',
  method: 'GET',
  url: '/api/v1/preferences',
  service: 'notifications',
  summary: 'How I want to be told, for each kind of message',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: [],
  schema: { response: { 200: Closed({ items: Type.Array(Preference) }) } },
})

export const putPreference = defineRoute({
  operationId: 'putPreference',
  method: 'PUT',
  url: '/api/v1/preferences/:kind',
  service: 'notifications',
  summary: 'Set how I want to be told of a kind of message; what is compulsory keeps a channel',
  permission: { roles: PERSON_ROLES, scope: 'none' },
  errors: ['compulsory-notice', 'not-found'],
  schema: { params: Closed({ kind: MessageKind }), body: Closed(wishes), response: { 200: Preference } },
})
