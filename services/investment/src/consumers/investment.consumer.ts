import type { Handlers } from '@tiaodu/messaging'
import type { Clock } from '@tiaodu/service'
import type { DB } from '../generated/tables.ts'
import { noteBaseline } from '../operations/note-baseline.ts'
import { noteMove } from '../operations/note-move.ts'
import { noteProject } from '../operations/note-project.ts'
import { noteSettled, noteSlips } from '../operations/note-slips.ts'
import { noteUnit } from '../operations/note-unit.ts'

/** What this service does about the events it has subscribed to. */
export const createHandlers = (clock: Clock): Handlers<'investment', DB> => ({
  'project.changed.v1': (trx, { payload }) => noteProject(trx, payload, clock.now()),
  'projects.loaded.v1': async (trx, { payload }) => {
    for (const project of payload.projects) await noteProject(trx, project, clock.now())
  },
  'project.moved.v1': (trx, { payload }) => noteMove(trx, payload, clock.now()),
  'baseline.recorded.v1': (trx, { payload }) => noteBaseline(trx, payload),
  'steps.slipped.v1': (trx, { payload, occurredAt }) =>
    noteSlips(trx, payload, { toldAt: occurredAt, now: clock.now() }),
  'step.settled.v1': (trx, { payload }) => noteSettled(trx, payload, clock.now()),
  'unit.changed.v1': (trx, { payload }) => noteUnit(trx, payload),
})
