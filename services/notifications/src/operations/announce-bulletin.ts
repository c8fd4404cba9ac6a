import type { EventPayload } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { Ways } from '../domain/channel-choice.ts'
import { wordBulletin } from '../domain/wording.ts'
import type { DB } from '../generated/tables.ts'
import { listPeople } from '../repositories/directory.repository.ts'
import { insertMessages } from '../repositories/messages.repository.ts'
import { readTiming } from './read-timing.ts'

/** Tells everybody of the roles that the policies name that a bulletin is out. */
export async function announceBulletin(
  trx: Transaction<DB>,
  bulletin: EventPayload<'bulletin.published.v1'>,
  ways: Ways,
  now: Date,
): Promise<void> {
  const rules = (await readTiming(trx)).rules.filter(({ fact }) => fact === 'bulletin-published')
  const messages = (await listPeople(trx)).flatMap(({ id: personId, role }) => {
    const rule = rules.find(({ tells }) => tells.some((told) => told === role))
    if (rule === undefined) return []
    const { channels, quietHours } = rule
    const wording = wordBulletin(bulletin, { policyId: rule.id, role })
    return [{ personId, wording, sending: { channels, quietHours, isDigest: false } }]
  })
  await insertMessages(trx, messages, ways, now)
}
