import type { Finding, ReportEntry } from '@tiaodu/types'
import { checkMean } from './above-mean.check.ts'
import { checkFunds } from './arrears.check.ts'
import { checkStart } from './before-start.check.ts'
import type { Check, CheckFacts } from './check.ts'
import { checkCompletionDate, checkCompletionShare } from './completion.checks.ts'
import { checkDecember } from './december-rush.check.ts'
import { checkTotal } from './exceeds-total.check.ts'
import { checkOutlier } from './outlier.check.ts'
import { checkBackwards, checkUnchanged } from './progress.checks.ts'
import { checkRound } from './repeated-round.check.ts'
import { THRESHOLDS, type Thresholds } from './thresholds.ts'
import { checkUnit } from './unit-slip.check.ts'

const CHECKS: readonly Check[] = [
  checkTotal,
  checkStart,
  checkUnit,
  checkMean,
  checkOutlier,
  checkDecember,
  checkRound,
  checkFunds,
  checkUnchanged,
  checkBackwards,
  checkCompletionDate,
  checkCompletionShare,
]

/** Everything that the checks find in an entry. */
export const assessEntry = (entry: ReportEntry, facts: CheckFacts, thresholds: Thresholds = THRESHOLDS): Finding[] =>
  CHECKS.map((check) => check(entry, facts, thresholds)).filter((finding) => finding !== undefined)
