import type { EventPayload } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { Ways } from '../domain/channel-choice.ts'
import { groupsOf } from '../domain/groups.ts'
import { createDirectory, resolveRole } from '../domain/recipients.ts'
import { wordDivergence } from '../domain/wording.ts'
import type { DB } from '../generated/tables.ts'
import { listPeople } from '../repositories/directory.repository.ts'
import { insertGroupMessages, listGroups } from '../repositories/groups.repository.ts'
import { type Addressed, insertMessages } from '../repositories/messages.repository.ts'
import { readTiming } from './read-timing.ts'
import { toGroup } from './tell.ts'

/** Tells whom the policies name, in the regions concerned, that roll-ups are not the sum of what lies beneath them. */
export async function tellDivergence(
  trx: Transaction<DB>,
  divergence: EventPayload<'rollups.diverged.v1'>,
  ways: Ways,
  now: Date,
): Promise<void> {
  const rules = (await readTiming(trx)).rules.filter(({ fact }) => fact === 'rollups-diverged')
  const directory = createDirectory(await listPeople(trx))
  const groups = await listGroups(trx)
  const told = new Map<string, Addressed>()
  const spoken = new Map<string, Parameters<typeof insertGroupMessages>[1][number]>()
  // When it does not say where, every operator may be concerned.
  const { regionCodes = directory.withRole('operator').map((operator) => operator.regionCode) } = divergence
  for (const rule of rules) {
    const sending = { channels: rule.channels, quietHours: rule.quietHours, isDigest: false }
    const word = (role: (typeof rule.tells)[number]) => wordDivergence(divergence, { policyId: rule.id, role })
    for (const regionCode of new Set(regionCodes)) {
      const concerned = { unitId: null, regionCode }
      for (const group of groupsOf(groups, rule, concerned))
        spoken.set(group.id, { group, wording: toGroup(group, word('operator')), sending })
      for (const role of rule.tells) {
        const { found, people } = resolveRole(role, { ...concerned, filerId: null, leaderId: null }, directory)
        for (const { id: personId } of people)
          if (!told.has(personId)) told.set(personId, { personId, wording: word(found ?? role), sending })
      }
    }
  }
  await insertGroupMessages(trx, [...spoken.values()], ways, now)
  await insertMessages(trx, [...told.values()], ways, now)
}
