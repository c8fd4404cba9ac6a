import type { Handlers } from '@tiaodu/messaging'
import type { Clock } from '@tiaodu/service'
import type { Person } from '@tiaodu/types'
import type { Ways } from '../domain/channel-choice.ts'
import type { DB } from '../generated/tables.ts'
import { announceBulletin } from '../operations/announce-bulletin.ts'
import { keepPerson, keepProject, keepUnit } from '../operations/keep-directory.ts'
import { noteCycle, noteObligations } from '../operations/note-cycle.ts'
import { noteDifficulty, noteRescheduled, noteResolved } from '../operations/note-difficulty.ts'
import { noteLights } from '../operations/note-lights.ts'
import { noteReturn, noteSubmission } from '../operations/note-report.ts'
import { noteSettled, noteSlips } from '../operations/note-slips.ts'

/** What the handlers stand on; people are asked for over HTTP, their names never ride in a queue. */
export interface ConsumerParts {
  readonly clock: Clock
  readonly ways: Ways
  getPerson(id: string): Promise<Person>
}

/** What this service does about the events it has subscribed to. */
export const createHandlers = ({ clock, ways, getPerson }: ConsumerParts): Handlers<'notifications', DB> => ({
  'project.changed.v1': (trx, { payload }) => keepProject(trx, payload),
  'projects.loaded.v1': async (trx, { payload }) => {
    for (const project of payload.projects) await keepProject(trx, project)
  },
  'unit.changed.v1': (trx, { payload }) => keepUnit(trx, payload),
  'person.changed.v1': async (trx, { payload }) => keepPerson(trx, await getPerson(payload.personId)),
  'steps.slipped.v1': (trx, { payload }) => noteSlips(trx, payload, clock.now()),
  'step.settled.v1': (trx, { payload }) => noteSettled(trx, payload),
  'difficulty.slipped.v1': (trx, { payload }) => noteDifficulty(trx, payload, clock.now()),
  'difficulty.resolved.v1': (trx, { payload }) => noteResolved(trx, payload),
  'difficulty.rescheduled.v1': (trx, { payload }) => noteRescheduled(trx, payload),
  'lights.changed.v1': (trx, { payload }) => noteLights(trx, payload),
  'cycle.opened.v1': (trx, { payload }) => noteCycle(trx, payload),
  'obligations.issued.v1': (trx, { payload }) => noteObligations(trx, payload),
  'report.submitted.v1': (trx, { payload }) => noteSubmission(trx, payload),
  'report.returned.v1': (trx, { payload }) => noteReturn(trx, payload, ways, clock.now()),
  'bulletin.published.v1': (trx, { payload }) => announceBulletin(trx, payload, ways, clock.now()),
})
