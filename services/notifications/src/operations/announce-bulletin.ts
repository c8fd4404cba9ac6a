import type { EventPayload, PersonRole } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { Ways } from '../domain/channel-choice.ts'
import { wordBulletin } from '../domain/wording.ts'
import type { DB } from '../generated/tables.ts'
import { listPeople } from '../repositories/directory.repository.ts'
import { insertMessages } from '../repositories/messages.repository.ts'

const READERS: readonly PersonRole[] = ['head', 'leader', 'supervisor']

/** Tells heads, leaders and supervisors that a bulletin is out. */
export async function announceBulletin(
  trx: Transaction<DB>,
  bulletin: EventPayload<'bulletin.published.v1'>,
  ways: Ways,
  now: Date,
): Promise<void> {
  const readers = (await listPeople(trx)).filter(({ role }) => READERS.includes(role))
  await insertMessages(
    trx,
    readers.map(({ id, role }) => ({ personId: id, wording: wordBulletin(bulletin, role) })),
    ways,
    now,
  )
}
