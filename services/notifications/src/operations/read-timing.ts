import type { Kysely } from 'kysely'
import type { Rule } from '../domain/policy-steps.ts'
import { createWorkdays, type Workdays } from '../domain/workdays.ts'
import type { DB } from '../generated/tables.ts'
import { listWorkdays } from '../repositories/cycles.repository.ts'
import { listPolicies } from '../repositories/policies.repository.ts'

/** What decides when somebody is told: the policies in force and the calendar. */
export interface Timing {
  readonly rules: readonly Rule[]
  readonly workdays: Workdays
}

/** The policies and the calendar as they are now. */
export const readTiming = async (db: Kysely<DB>): Promise<Timing> => ({
  rules: (await listPolicies(db)).filter(({ isActive }) => isActive),
  workdays: createWorkdays(await listWorkdays(db)),
})
