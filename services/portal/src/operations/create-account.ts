import { type BodyOf, type ResponseOf, refuse, type routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { insertAccount } from '../repositories/accounts.repository.ts'
import { hashPassword } from './check-password.ts'
import type { FindPerson } from './sign-in.ts'

/** Gives a person a user name and password. @throws unknown-reference, already-exists, unavailable */
export async function createAccount(
  db: Kysely<DB>,
  findPerson: FindPerson,
  { personId, username, password }: BodyOf<typeof routes.createAccount>,
  now: Date,
): Promise<ResponseOf<typeof routes.createAccount>> {
  const person = await findPerson(personId)
  if (person === undefined || person.leftOn !== null)
    throw refuse('unknown-reference', 'personId', { zh: '没有这个人员', en: 'There is no such person' })
  await insertAccount(db, { personId, username, passwordHash: await hashPassword(password) }, now)
  return { personId, username, role: person.role }
}
