import {
  type BulletinContent,
  type BulletinEntry,
  type GradeRule,
  type Grouping,
  toDateOn,
  yearOf,
} from '@tiaodu/types'
import type { Transaction } from 'kysely'
import { type BulletinMaterial, toIssue } from '../domain/bulletin/issue.ts'
import type { DB } from '../generated/tables.ts'
import { countReturns, listBulletinFacts } from '../repositories/bulletin-facts.repository.ts'
import { countBulletins, findBulletinBefore } from '../repositories/bulletins.repository.ts'
import { getFormulaOf } from '../repositories/formulas.repository.ts'
import { analyseDifficulties } from './analyse-difficulties.ts'
import { foldWithin } from './fold-rollups.ts'
import { readFunds } from './get-funds.ts'
import { readRanking } from './get-ranking.ts'
import { readSummary } from './get-summary.ts'
import { toFormulaView } from './keep-formula.ts'
import { listPolicyFunds } from './set-funds-rules.ts'

const EVERYWHERE = { unitId: null, regionPrefix: '' }
// Whoever is slow is told by name, all of them.
const ATTENTION = 100_000

async function readMaterial(
  trx: Transaction<DB>,
  period: string,
  entry: BulletinEntry,
  now: Date,
): Promise<BulletinMaterial> {
  const rule = await getFormulaOf<Pick<GradeRule, 'slowBehindPoints'>>(trx, 'grades', period)
  return {
    entry,
    number: (await countBulletins(trx, yearOf(period))) + 1,
    issuedOn: toDateOn(now),
    previousSha256: (await findBulletinBefore(trx, period))?.sha256 ?? null,
    facts: await listBulletinFacts(trx, period),
    rule: toFormulaView(rule),
    returned: await countReturns(trx, period),
    rankings: {
      region: await readRanking(trx, { period, of: 'region' }),
      unit: await readRanking(trx, { period, of: 'unit' }),
    },
    difficulties: await analyseDifficulties(trx, period, EVERYWHERE, now),
    funds: await readFunds(trx, { period, groupBy: 'source' }, EVERYWHERE),
    policyFunds: (await listPolicyFunds(trx, yearOf(period), EVERYWHERE)).items,
  }
}

/** All that the bulletin of a month says, as it stands now. Nobody folds until the transaction ends. */
export async function readBulletinContent(
  trx: Transaction<DB>,
  period: string,
  entry: BulletinEntry,
  now: Date,
): Promise<BulletinContent & Required<Pick<BulletinContent, 'issue'>>> {
  await foldWithin(trx, now)
  const read = (groupBy: Grouping) => readSummary(trx, { period, groupBy }, EVERYWHERE, ATTENTION)
  return {
    region: await read('region'),
    tier: await read('tier'),
    unit: await read('unit'),
    issue: toIssue(period, await readMaterial(trx, period, entry, now)),
  }
}
