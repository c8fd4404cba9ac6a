import { fromCursor, toPage } from '@tiaodu/service'
import type { Actor, QueryOf, ResponseOf, routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { canSeeAddresses } from '../domain/person-visibility.ts'
import type { DB } from '../generated/tables.ts'
import { listPeople } from '../repositories/people.repository.ts'

/** A page of people by name. @throws validation-failed for a cursor that is not ours */
export async function listPeoplePage(
  db: Kysely<DB>,
  { cursor, limit = 20, ...filter }: QueryOf<typeof routes.listPeople>,
  actor: Actor,
): Promise<ResponseOf<typeof routes.listPeople>> {
  const after = cursor === undefined ? undefined : fromCursor(cursor, ['text', 'id'])
  const people = await listPeople(db, { ...filter, after, limit: limit + 1 })
  const shown = people.map((person) =>
    canSeeAddresses(actor, person.unitId) ? person : { ...person, email: null, mobile: null },
  )
  return toPage(shown, limit, (person) => [person.name, person.id])
}
