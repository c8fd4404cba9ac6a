import { type Person, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { findPerson } from '../repositories/people.repository.ts'

/** One person. @throws not-found */
export async function getPerson(db: Kysely<DB>, id: string): Promise<Person> {
  const person = await findPerson(db, id)
  if (person === undefined) throw refuse('not-found', 'id', { zh: '没有这个人员', en: 'There is no such person' })
  return person
}
