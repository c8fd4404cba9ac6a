import { isWithin, type Reach } from '@tiaodu/service'
import { type FundsRule, type PolicyFunds, type PolicyTargetVersion, refuse } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import { type PolicyFacts, toPolicyFunds } from '../domain/funds.ts'
import type { DB } from '../generated/tables.ts'
import type { MoveBy } from '../repositories/difficulties.repository.ts'
import { getFundsRule, insertFundsRule, lockFundsRules } from '../repositories/funds-rules.repository.ts'
import { insertTargets, listPolicyFacts, listTargetVersions } from '../repositories/policy-targets.repository.ts'

type By = MoveBy & { readonly expectedVersion: number | undefined }

function requireVersion(version: number, { expectedVersion }: By): void {
  if (expectedVersion !== undefined && expectedVersion !== version)
    throw refuse('version-mismatch', 'If-Match', {
      zh: `现已是第 ${version} 版`,
      en: `It is at version ${version} by now`,
    })
}

/** Another rule of what is far above; the same again changes nothing. @throws version-mismatch */
export const setFundsRule = (
  db: Kysely<DB>,
  { reason, ...entered }: Omit<FundsRule, 'version'> & { readonly reason: string },
  by: By,
): Promise<FundsRule> =>
  db.transaction().execute(async (trx) => {
    await lockFundsRules(trx)
    const current = await getFundsRule(trx)
    requireVersion(current.version, by)
    const rule = { ...entered, version: current.version + 1 }
    if (rule.farAbovePercent === current.farAbovePercent && rule.leastGapYuan === current.leastGapYuan) return current
    await insertFundsRule(trx, rule, reason, by)
    return rule
  })

/** What a region is to win in a year. */
export interface OfTargets {
  readonly year: number
  readonly regionCode: string
}

/** @throws outside-scope naming `regionCode` */
export function requireRegion({ regionCode }: OfTargets, reach: Reach): void {
  if (isWithin(reach, { unitId: reach.unitId, regionCode })) return
  throw refuse('outside-scope', 'regionCode', {
    zh: '该区域不在您的管理范围内',
    en: 'This region is not within your reach',
  })
}

function requireOnce(targets: PolicyTargetVersion['targets']): void {
  const at = targets.findIndex(({ source }, index) => targets.findIndex((one) => one.source === source) < index)
  if (at >= 0)
    throw refuse('validation-failed', `targets.${at}.source`, {
      zh: '同一资金来源出现两次',
      en: 'The same source twice',
    })
}

async function getPolicyFunds(
  trx: Transaction<DB>,
  { year, regionCode }: OfTargets,
  reach: Reach,
): Promise<PolicyFunds> {
  const facts = await listPolicyFacts(trx, year, reach.regionPrefix)
  return toPolicyFunds(facts.find((one) => one.regionCode === regionCode) as PolicyFacts)
}

/** Other targets of a region; the same again change nothing. @throws outside-scope, version-mismatch, validation-failed */
export const setPolicyTargets = (
  db: Kysely<DB>,
  of: OfTargets,
  { targets, reason }: Pick<PolicyTargetVersion, 'targets' | 'reason'>,
  by: By & { readonly reach: Reach },
): Promise<PolicyFunds> =>
  db.transaction().execute(async (trx) => {
    requireRegion(of, by.reach)
    requireOnce(targets)
    await lockFundsRules(trx)
    const [current] = await listTargetVersions(trx, of.year, of.regionCode)
    requireVersion(current?.version ?? 0, by)
    if (!isSame(current?.targets, targets))
      await insertTargets(trx, { ...of, version: (current?.version ?? 0) + 1 }, targets, reason, by)
    return getPolicyFunds(trx, of, by.reach)
  })

const isSame = (some: PolicyTargetVersion['targets'] | undefined, others: PolicyTargetVersion['targets']) =>
  some?.length === others.length &&
  some.every(({ source, yuan }) => others.some((other) => other.source === source && other.yuan === yuan))

/** The targets of a year within reach, with what was received. */
export const listPolicyFunds = async (db: Kysely<DB>, year: number, reach: Reach) => ({
  items: (await listPolicyFacts(db, year, reach.regionPrefix)).map(toPolicyFunds),
})

/** Every version of a region's targets, newest first. @throws outside-scope */
export async function listPolicyTargetVersions(db: Kysely<DB>, of: OfTargets, reach: Reach) {
  requireRegion(of, reach)
  const versions = await listTargetVersions(db, of.year, of.regionCode)
  return { items: versions.map(({ at, ...version }) => ({ ...version, at: at.toISOString() })) }
}

/** The rule in force. */
export const readFundsRule = (db: Kysely<DB>): Promise<FundsRule> => getFundsRule(db)
