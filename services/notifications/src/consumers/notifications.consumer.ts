import type { Handlers } from '@tiaodu/messaging'
import type { Clock } from '@tiaodu/service'
import type { EventEnvelope, Person } from '@tiaodu/types'
import type { Transaction } from 'kysely'
import type { Ways } from '../domain/channel-choice.ts'
import type { DB } from '../generated/tables.ts'
import { announceBulletin } from '../operations/announce-bulletin.ts'
import { keepPerson, keepProject, keepUnit } from '../operations/keep-directory.ts'
import { keepEvent } from '../operations/keep-events.ts'
import { noteCycle, noteObligations } from '../operations/note-cycle.ts'
import { noteDifficulty, noteRescheduled, noteResolved } from '../operations/note-difficulty.ts'
import { noteLights } from '../operations/note-lights.ts'
import { noteObligationChange } from '../operations/note-obligation-change.ts'
import { noteReturn, noteSubmission } from '../operations/note-report.ts'
import { noteSettled, noteSlips } from '../operations/note-slips.ts'
import { tellDivergence } from '../operations/tell-divergence.ts'

/** What the handlers stand on; people are asked for over HTTP, their names never ride in a queue. */
export interface ConsumerParts {
  readonly clock: Clock
  readonly ways: Ways
  getPerson(id: string): Promise<Person>
}

// Integrators hear of them, nothing else follows.
const nothing = async () => {}

const createEffects = ({ clock, ways, getPerson }: ConsumerParts): Handlers<'notifications', DB> => ({
  'project.changed.v1': (trx, { payload }) => keepProject(trx, payload),
  'projects.loaded.v1': async (trx, { payload }) => {
    for (const project of payload.projects) await keepProject(trx, project)
  },
  'unit.changed.v1': (trx, { payload }) => keepUnit(trx, payload),
  'person.changed.v1': async (trx, { payload }) => keepPerson(trx, await getPerson(payload.personId)),
  'steps.slipped.v1': (trx, { id, payload }) => noteSlips(trx, payload, id, clock.now()),
  'step.settled.v1': (trx, { id, payload }) => noteSettled(trx, payload, id),
  'difficulty.slipped.v1': (trx, { id, payload }) => noteDifficulty(trx, payload, id, clock.now()),
  'difficulty.resolved.v1': (trx, { id, payload }) => noteResolved(trx, payload, id),
  'difficulty.rescheduled.v1': (trx, { id, payload }) => noteRescheduled(trx, payload, id),
  'lights.changed.v1': (trx, { payload }) => noteLights(trx, payload),
  'cycle.opened.v1': (trx, { payload }) => noteCycle(trx, payload),
  'obligations.issued.v1': (trx, { payload }) => noteObligations(trx, payload),
  'obligation.changed.v1': (trx, { payload }) => noteObligationChange(trx, payload),
  'report.submitted.v1': (trx, { payload }) => noteSubmission(trx, payload),
  'report.returned.v1': (trx, { payload }) => noteReturn(trx, payload, ways, clock.now()),
  'project.moved.v1': nothing,
  'baseline.recorded.v1': nothing,
  'report.passed.v1': nothing,
  'report.approved.v1': nothing,
  'report.corrected.v1': nothing,
  'difficulty.registered.v1': nothing,
  'bulletin.corrected.v1': nothing,
  'bulletin.published.v1': (trx, { payload }) => announceBulletin(trx, payload, ways, clock.now()),
  'rollups.diverged.v1': (trx, { payload }) => tellDivergence(trx, payload, ways, clock.now()),
})

/** What this service does about the events it has subscribed to; each is kept for integrators in the same transaction. */
export function createHandlers(parts: ConsumerParts): Handlers<'notifications', DB> {
  const effects = createEffects(parts)
  const keeping = Object.entries(effects).map(([name, handle]) => [
    name,
    async (trx: Transaction<DB>, event: EventEnvelope) => {
      await keepEvent(trx, event)
      await handle(trx, event as never)
    },
  ])
  return Object.fromEntries(keeping) as Handlers<'notifications', DB>
}
