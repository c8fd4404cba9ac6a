import {
  type Actor,
  type BodyOf,
  type Language,
  MESSAGE_KINDS,
  type MessageKind,
  type PersonRole,
  type Preference,
  type ResponseOf,
  refuse,
  type routes,
} from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { EVERY_CHANNEL, type Reader } from '../domain/channel-choice.ts'
import { assertNotSwitchedOff, toDuty } from '../domain/compulsory.ts'
import type { DB } from '../generated/tables.ts'
import { listReaders, savePreference } from '../repositories/preferences.repository.ts'

const KINDS = Object.keys(MESSAGE_KINDS) as MessageKind[]

function toView(kind: MessageKind, { role, preferences }: Reader, language: Language): Preference {
  const known = preferences.find((one) => one.kind === kind)
  const duty = toDuty(kind, role)
  return {
    kind,
    channels: [...(known?.channels ?? EVERY_CHANNEL)],
    digestTime: known?.digestTime ?? null,
    quietHours: known?.quietHours ?? null,
    isCompulsory: duty !== null,
    compulsoryBecause: duty?.[language] ?? null,
    isDefault: known === undefined,
  }
}

async function readerOf(db: Kysely<DB>, { personId, role }: Actor): Promise<Reader> {
  const readers = personId === null ? undefined : await listReaders(db, [personId])
  return (personId === null ? undefined : readers?.get(personId)) ?? { role: role as PersonRole, preferences: [] }
}

/** How the caller wants to be told, kind by kind. */
export async function listPreferences(
  db: Kysely<DB>,
  actor: Actor,
  language: Language,
): Promise<ResponseOf<typeof routes.listPreferences>> {
  const reader = await readerOf(db, actor)
  return { items: KINDS.map((kind) => toView(kind, reader, language)) }
}

/** Keeps how the caller wants to be told of a kind of message. @throws compulsory-notice, not-found, validation-failed */
export async function keepPreference(
  db: Kysely<DB>,
  { actor, kind, language, now }: { actor: Actor; kind: MessageKind; language: Language; now: Date },
  wishes: BodyOf<typeof routes.putPreference>,
): Promise<Preference> {
  if (actor.personId === null)
    throw refuse('not-found', 'personId', { zh: '该账号不是人员账号', en: 'This account is nobody in person' })
  if (wishes.quietHours !== null && wishes.quietHours.from === wishes.quietHours.to)
    throw refuse('validation-failed', 'quietHours.to', { zh: '免打扰时段不能是全天', en: 'It cannot be quiet all day' })
  assertNotSwitchedOff(kind, actor.role as PersonRole, wishes.channels)
  await savePreference(db, actor.personId, { kind, ...wishes }, now)
  return toView(kind, await readerOf(db, actor), language)
}
