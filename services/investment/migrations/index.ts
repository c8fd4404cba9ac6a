import type { Migrations } from '@tiaodu/database'
import { createMessaging } from './20261123T0900_create_messaging.ts'
import { createProjectsAndCalendar } from './20261123T0910_create_projects_and_calendar.ts'
import { createCycles } from './20261123T0920_create_cycles.ts'
import { createReports } from './20261123T0930_create_reports.ts'
import { keepPayloads } from './20261123T1450_keep_payloads_as_written.ts'
import { keepUnits } from './20261123T1530_keep_units.ts'
import { createStandings } from './20261123T2040_create_standings.ts'
import { createBulkRequests } from './20261124T0200_create_bulk_requests.ts'
import { createCorrections } from './20261124T0210_create_corrections.ts'
import { sweepMarks } from './20261124T0220_sweep_marks.ts'
import { createCycleRules } from './20261124T0300_create_cycle_rules.ts'
import { keepProjectDates } from './20261124T0400_keep_project_dates.ts'
import { keepExplanations } from './20261124T0410_keep_explanations.ts'
import { keepBaselines } from './20261124T0420_keep_baselines.ts'
import { createDifficulties } from './20261124T0500_create_difficulties.ts'
import { createFunds } from './20261124T0510_create_funds.ts'
import { widenStandings } from './20261124T0600_widen_standings.ts'
import { createFormulas } from './20261124T0610_create_formulas.ts'
import { createReviewLevels } from './20261125T0957_create_review_levels.ts'
import { widenLights } from './20261125T1000_widen_lights.ts'
import { createReliefs } from './20261125T1003_create_reliefs.ts'
import { sealBulletins } from './20261125T1010_seal_bulletins.ts'
import { createPhotos } from './20261125T1032_create_photos.ts'
import { createForecastLessons } from './20261125T1040_create_forecast_lessons.ts'
import { forgetSummaries } from './20261125T1055_forget_summaries.ts'
import { keepStageEntries } from './20261125T1100_keep_stage_entries.ts'
import { createReconciliations } from './20261125T1115_create_reconciliations.ts'
import { tellLights } from './20261125T1156_tell_lights.ts'
import { detailPlans } from './20261125T1418_detail_plans.ts'
import { createAssessments } from './20261125T1428_create_assessments.ts'

export const migrations: Migrations = {
  '20261123T0900_create_messaging': createMessaging,
  '20261123T0910_create_projects_and_calendar': createProjectsAndCalendar,
  '20261123T0920_create_cycles': createCycles,
  '20261123T0930_create_reports': createReports,
  '20261123T1450_keep_payloads_as_written': keepPayloads,
  '20261123T1530_keep_units': keepUnits,
  '20261123T2040_create_standings': createStandings,
  '20261124T0200_create_bulk_requests': createBulkRequests,
  '20261124T0210_create_corrections': createCorrections,
  '20261124T0220_sweep_marks': sweepMarks,
  '20261124T0300_create_cycle_rules': createCycleRules,
  '20261124T0400_keep_project_dates': keepProjectDates,
  '20261124T0410_keep_explanations': keepExplanations,
  '20261124T0420_keep_baselines': keepBaselines,
  '20261124T0500_create_difficulties': createDifficulties,
  '20261124T0600_widen_standings': widenStandings,
  '20261124T0610_create_formulas': createFormulas,
  '20261124T0510_create_funds': createFunds,
  '20261125T0957_create_review_levels': createReviewLevels,
  '20261125T1000_widen_lights': widenLights,
  '20261125T1010_seal_bulletins': sealBulletins,
  '20261125T1032_create_photos': createPhotos,
  '20261125T1055_forget_summaries': forgetSummaries,
  '20261125T1040_create_forecast_lessons': createForecastLessons,
  '20261125T1156_tell_lights': tellLights,
  '20261125T1100_keep_stage_entries': keepStageEntries,
  '20261125T1115_create_reconciliations': createReconciliations,
  '20261125T1003_create_reliefs': createReliefs,
  '20261125T1418_detail_plans': detailPlans,
  '20261125T1428_create_assessments': createAssessments,
}
