import type { EventPayload } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { Ways } from '../domain/channel-choice.ts'
import { wordBulletin } from '../domain/wording.ts'
import type { DB } from '../generated/tables.ts'
import { listPeople } from '../repositories/directory.repository.ts'
import { insertGroupMessages, listGroups } from '../repositories/groups.repository.ts'
import { insertMessages } from '../repositories/messages.repository.ts'
import { readTiming } from './read-timing.ts'
import { toGroup } from './tell.ts'

/** Tells everybody of the roles that the policies name, and the groups whose channel they name, that a bulletin is out. */
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
  const spoken = (await listGroups(trx)).flatMap((group) => {
    const rule = rules.find(({ channels }) => channels.includes(group.channel))
    if (rule === undefined) return []
    const wording = toGroup(group, wordBulletin(bulletin, { policyId: rule.id, role: 'group' }))
    return [{ group, wording, sending: { channels: rule.channels, quietHours: rule.quietHours, isDigest: false } }]
  })
  await insertGroupMessages(trx, spoken, ways, now)
}
