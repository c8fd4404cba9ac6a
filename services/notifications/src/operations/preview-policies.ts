import { fromCursor, isWithin, type Reach, toPage } from '@tiaodu/service'
import type { QueryOf, ResponseOf, routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { previewMessages } from '../domain/policy-preview.ts'
import { createDirectory } from '../domain/recipients.ts'
import type { Subject } from '../domain/sweep.ts'
import { createWorkdays } from '../domain/workdays.ts'
import type { DB } from '../generated/tables.ts'
import { listWorkdays } from '../repositories/cycles.repository.ts'
import { listPeople } from '../repositories/directory.repository.ts'
import { listOpenAlerts } from '../repositories/due-alerts.repository.ts'
import { listOpenObligations } from '../repositories/due-obligations.repository.ts'
import { listPolicies } from '../repositories/policies.repository.ts'

const DAYS = 30
const DAY_MS = 86_400_000
/** The most obligations, and the most alerts, that a preview looks at: those that are due first. */
const MOST_SUBJECTS = 5_000

/** A page of what would be sent in the next 30 days about projects within reach. */
export async function previewPolicies(
  db: Kysely<DB>,
  { cursor, limit = 20, personId, policyId }: QueryOf<typeof routes.previewPolicies>,
  reach: Reach,
  now: Date,
): Promise<ResponseOf<typeof routes.previewPolicies>> {
  const after = cursor === undefined ? undefined : fromCursor(cursor, ['instant', 'text', 'id']).join(' ')
  const [obligations, alerts] = [await listOpenObligations(db, MOST_SUBJECTS), await listOpenAlerts(db, MOST_SUBJECTS)]
  const reached = <One extends { readonly subject: Subject }>(all: readonly One[]) =>
    all.filter(({ subject }) => isWithin(reach, subject.responsible))
  const messages = previewMessages(
    { obligations: reached(obligations), alerts: reached(alerts) },
    await listPolicies(db),
    { directory: createDirectory(await listPeople(db)), workdays: createWorkdays(await listWorkdays(db)) },
    { now, until: new Date(now.getTime() + DAYS * DAY_MS) },
  ).filter((one) => (personId ?? one.personId) === one.personId && (policyId ?? one.policyId) === one.policyId)
  const position = (one: (typeof messages)[number]) => [one.at, one.policyId, one.personId] as const
  const rest = after === undefined ? messages : messages.filter((one) => position(one).join(' ') > after)
  return {
    ...toPage(rest, limit, position),
    total: messages.length,
    isCapped: obligations.length === MOST_SUBJECTS || alerts.length === MOST_SUBJECTS,
  }
}
