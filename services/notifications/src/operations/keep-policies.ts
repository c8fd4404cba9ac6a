import { fromCursor, toPage } from '@tiaodu/service'
import { type BodyOf, type Policy, PolicyFields, type QueryOf, type ResponseOf, type routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { assertMeaningful } from '../domain/policy-steps.ts'
import type { DB } from '../generated/tables.ts'
import { lookAgain } from '../repositories/alerts.repository.ts'
import { insertPolicy, listPolicies, listPolicyVersions, lockPolicy } from '../repositories/policies.repository.ts'
import { type Act, assertVersion } from './act.ts'
import { planObligations } from './plan-obligations.ts'

const FIELDS = Object.keys(PolicyFields.properties) as (keyof PolicyFields)[]
const isSame = (one: PolicyFields, other: PolicyFields) =>
  FIELDS.every((field) => JSON.stringify(one[field]) === JSON.stringify(other[field]))

/** A new version of a policy; what waits is planned anew at once, what was told stays told. @throws version-mismatch, validation-failed */
export const keepPolicy = (
  db: Kysely<DB>,
  id: string,
  { reason, ...fields }: BodyOf<typeof routes.putPolicy>,
  act: Act,
): Promise<Policy> =>
  db.transaction().execute(async (trx) => {
    assertMeaningful(fields)
    const current = await lockPolicy(trx, id)
    assertVersion(current?.version ?? 0, act)
    if (current !== undefined && isSame(current, fields)) return current
    const policy: Policy = {
      ...fields,
      id,
      version: (current?.version ?? 0) + 1,
      at: act.now.toISOString(),
      actorId: act.actor.personId,
      actorName: act.actor.name,
      reason,
    }
    await insertPolicy(trx, policy)
    await planObligations(trx, 'waiting')
    await lookAgain(trx, fields.fact, act.now)
    return policy
  })

/** Every policy as it stands. */
export const getPolicies = async (db: Kysely<DB>): Promise<ResponseOf<typeof routes.listPolicies>> => ({
  items: await listPolicies(db),
})

/** A page of the versions of a policy, newest first. */
export async function listPolicyVersionPage(
  db: Kysely<DB>,
  id: string,
  { cursor, limit = 20 }: QueryOf<typeof routes.listPolicyVersions>,
) {
  const before = cursor === undefined ? null : Number(fromCursor(cursor, ['count'])[0])
  return toPage<Policy>(await listPolicyVersions(db, id, before, limit + 1), limit, ({ version }) => [String(version)])
}
