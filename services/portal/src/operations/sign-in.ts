import type { Tokens } from '@tiaodu/service'
import { type Actor, type BodyOf, type Person, ProblemError, type routes, type Session } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { findAccount } from '../repositories/accounts.repository.ts'
import { deleteExpired, insertSession } from '../repositories/sessions.repository.ts'
import { checkPassword } from './check-password.ts'

export const SESSION_SECONDS = 12 * 3_600

/** Asks the project library who somebody is; undefined when there is no such person. @throws unavailable */
export type FindPerson = (id: string) => Promise<Person | undefined>

const toActor = ({ id, name, role, unitId, regionCode }: Person): Actor => ({
  personId: id,
  name,
  role,
  unitId,
  regionCode,
})

/** Opens a session with the role that the person has now. @throws wrong-credentials (of somebody who left too), unavailable */
export async function signIn(
  db: Kysely<DB>,
  { findPerson, tokens }: { findPerson: FindPerson; tokens: Tokens },
  sessionId: string,
  { username, password }: BodyOf<typeof routes.createSession>,
  now: Date,
): Promise<Session> {
  const account = await findAccount(db, username)
  const isRight = await checkPassword(password, account?.passwordHash)
  const person = isRight && account !== undefined ? await findPerson(account.personId) : undefined
  if (person === undefined || person.leftOn !== null) throw new ProblemError('wrong-credentials')
  const expiresAt = new Date(now.getTime() + SESSION_SECONDS * 1_000)
  await deleteExpired(db, person.id, now)
  await insertSession(db, { id: sessionId, personId: person.id, createdAt: now, expiresAt })
  const actor = toActor(person)
  const token = await tokens.sign(actor, { sessionId, seconds: SESSION_SECONDS })
  return { token, expiresAt: expiresAt.toISOString(), actor }
}
