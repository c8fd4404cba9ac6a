import type { EventPayload } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import { createDirectory, type KnownPerson, resolveRung } from '../domain/recipients.ts'
import { wordMissingContacts, wordSlips } from '../domain/wording.ts'
import type { DB } from '../generated/tables.ts'
import { findProject, listPeople } from '../repositories/directory.repository.ts'
import { insertMessages } from '../repositories/messages.repository.ts'
import { closeSlip, openSlips } from '../repositories/slips.repository.ts'

/**
 * Steps of a project have slipped: each has its alert, and whoever does them, the filer and the head of the unit hear of
 * it, each in one message with what is theirs.
 */
export async function noteSlips(
  trx: Transaction<DB>,
  { projectId, steps }: EventPayload<'steps.slipped.v1'>,
  byEmail: boolean,
  now: Date,
): Promise<void> {
  const project = await findProject(trx, projectId)
  if (project === undefined) throw new Error(`Project ${projectId} has not arrived yet`)
  const directory = createDirectory(await listPeople(trx))
  const [filers, heads] = [
    resolveRung('filer', project.responsible, directory),
    resolveRung('head', project.responsible, directory),
  ]
  const everything = new Map<string, KnownPerson>([...filers.people, ...heads.people].map((one) => [one.id, one]))
  const own = new Map<string, typeof steps>()
  for (const step of steps) {
    const person = step.personId === null ? undefined : directory.find(step.personId)
    if (person === undefined || everything.has(person.id)) continue
    own.set(person.id, [...(own.get(person.id) ?? []), step])
  }
  const messages = [
    ...[...everything.keys()].map((personId) => ({ personId, wording: wordSlips(project, steps, 'responsible', now) })),
    ...[...own].map(([personId, theirs]) => ({ personId, wording: wordSlips(project, theirs, 'doing', now) })),
  ]
  if (messages.length === 0) {
    const wording = wordMissingContacts([{ unitName: null, rung: 'filer', projectIds: [projectId] }])
    messages.push(...directory.withRole('operator').map(({ id }) => ({ personId: id, wording })))
  }
  await openSlips(trx, { projectId, steps, rung: filers.found ?? 'supervisor' }, now)
  await insertMessages(trx, messages, byEmail, now)
}

/** A step that had slipped is settled: its alert closes by itself. */
export const noteSettled = (
  trx: Transaction<DB>,
  { stepId, settledAt }: EventPayload<'step.settled.v1'>,
): Promise<void> => closeSlip(trx, stepId, new Date(settledAt))
