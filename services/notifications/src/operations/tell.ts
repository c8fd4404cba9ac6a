import type { PolicyFact, PolicyRole } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import { AT_ONCE, type Sending, type Ways } from '../domain/channel-choice.ts'
import { groupsOf, type KnownGroup, whyGroup } from '../domain/groups.ts'
import type { Rule } from '../domain/policy-steps.ts'
import { createDirectory, type KnownPerson, type Responsible, resolveRole } from '../domain/recipients.ts'
import type { MissingContact } from '../domain/sweep.ts'
import { type Wording, wordMissingContacts } from '../domain/wording.ts'
import type { DB } from '../generated/tables.ts'
import { listPeople } from '../repositories/directory.repository.ts'
import { insertGroupMessages, listGroups } from '../repositories/groups.repository.ts'
import { type Addressed, insertMessages } from '../repositories/messages.repository.ts'
import { readTiming } from './read-timing.ts'

/** Words for one reader of an event, who they are to it, and by which policy. */
export type EventWording = (ground: { readonly policyId: string; readonly role: PolicyRole }) => Wording

/** The same words for a group, and why it hears them. */
export const toGroup = (group: KnownGroup, wording: Wording): Wording => ({
  ...wording,
  why: whyGroup(group),
  grounds: wording.grounds.map((ground) => ({ ...ground, role: 'group' })),
})

const sendingOf = ({ channels, quietHours }: Rule) => ({ channels, quietHours, isDigest: false })

/** Tells an event of a project at once to whom the policies of its fact name. */
export async function tellEvent(
  trx: Transaction<DB>,
  fact: PolicyFact,
  about: { readonly projectId: string; readonly responsible: Responsible },
  word: EventWording,
  ways: Ways,
  now: Date,
): Promise<void> {
  const rules = (await readTiming(trx)).rules.filter((rule) => rule.fact === fact)
  const directory = createDirectory(await listPeople(trx))
  const told = new Map<string, Addressed>()
  const missing: MissingContact[] = []
  const known = await listGroups(trx)
  const spoken = new Map<string, { group: KnownGroup; wording: Wording; sending: Sending }>()
  for (const rule of rules) {
    const [role] = rule.tells
    if (role === undefined) continue
    for (const group of groupsOf(known, rule, about.responsible)) {
      const wording = toGroup(group, word({ policyId: rule.id, role }))
      if (!spoken.has(group.id)) spoken.set(group.id, { group, wording, sending: sendingOf(rule) })
    }
    for (const role of rule.tells) {
      const { found, people } = resolveRole(role, about.responsible, directory)
      if (found !== role) missing.push({ unitName: null, role, projectIds: [about.projectId] })
      for (const { id: personId } of people) {
        if (told.has(personId)) continue
        const wording = word({ policyId: rule.id, role: found ?? role })
        told.set(personId, { personId, wording, sending: sendingOf(rule) })
      }
    }
  }
  await insertGroupMessages(trx, [...spoken.values()], ways, now)
  await insertMessages(trx, [...told.values(), ...toOperators(missing, directory.withRole('operator'))], ways, now)
}

/** What the operators are told of roles with nobody in them. */
export const toOperators = (missing: readonly MissingContact[], operators: readonly KnownPerson[]): Addressed[] =>
  missing.length === 0
    ? []
    : operators.map(({ id }) => ({ personId: id, wording: wordMissingContacts(missing), sending: AT_ONCE }))
