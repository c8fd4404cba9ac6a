import type { EventPayload, Rung } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { Ways } from '../domain/channel-choice.ts'
import { createDirectory, resolveRung } from '../domain/recipients.ts'
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
  ways: Ways,
  now: Date,
): Promise<void> {
  const project = await findProject(trx, projectId)
  if (project === undefined) throw new Error(`Project ${projectId} has not arrived yet`)
  const directory = createDirectory(await listPeople(trx))
  const [filers, heads] = [
    resolveRung('filer', project.responsible, directory),
    resolveRung('head', project.responsible, directory),
  ]
  const everything = new Map<string, Rung>(
    [heads, filers].flatMap(({ found, people }) => people.map(({ id }) => [id, found ?? 'supervisor'] as const)),
  )
  const own = new Map<string, typeof steps>()
  for (const step of steps) {
    const person = step.personId === null ? undefined : directory.find(step.personId)
    if (person === undefined || everything.has(person.id)) continue
    own.set(person.id, [...(own.get(person.id) ?? []), step])
  }
  const messages = [
    ...[...everything].map(([personId, rung]) => ({ personId, wording: wordSlips(project, steps, rung, now) })),
    ...[...own].map(([personId, theirs]) => ({ personId, wording: wordSlips(project, theirs, 'doer', now) })),
  ]
  if (messages.length === 0) {
    const wording = wordMissingContacts([{ unitName: null, rung: 'filer', projectIds: [projectId] }])
    messages.push(...directory.withRole('operator').map(({ id }) => ({ personId: id, wording })))
  }
  await openSlips(trx, { projectId, steps, rung: filers.found ?? 'supervisor' }, now)
  await insertMessages(trx, messages, ways, now)
}

/** A step that had slipped is settled: its alert closes by itself. */
export const noteSettled = (
  trx: Transaction<DB>,
  { stepId, settledAt }: EventPayload<'step.settled.v1'>,
): Promise<void> => closeSlip(trx, stepId, new Date(settledAt))
