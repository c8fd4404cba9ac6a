import type { Migrations } from '@tiaodu/database'
import { createMessaging } from './20261123T0800_create_messaging.ts'
import { createUnitsAndPeople } from './20261123T0810_create_units_and_people.ts'
import { createProjects } from './20261123T0820_create_projects.ts'
import { createIndicators } from './20261123T0830_create_indicators.ts'
import { widenProjects } from './20261123T1100_widen_projects.ts'
import { createProjectHistory } from './20261123T1110_create_project_history.ts'
import { createImports } from './20261123T1120_create_imports.ts'
import { createBaselines } from './20261123T1130_create_baselines.ts'
import { wordImportProblems } from './20261123T1430_word_import_problems.ts'
import { keyMovesByProject } from './20261123T1440_key_moves_by_project.ts'
import { keepHistoryAsWritten } from './20261123T1450_keep_history_as_written.ts'
import { createRegions } from './20261123T1500_create_regions.ts'
import { widenUnitsAndPeople } from './20261123T1510_widen_units_and_people.ts'
import { createUnitHistory } from './20261123T1520_create_unit_history.ts'
import { noteSheetOfImport } from './20261123T1600_note_sheet_of_import.ts'
import { evaluateIndicators } from './20261123T1610_evaluate_indicators.ts'
import { addLeadersAndParticipants } from './20261123T1800_add_leaders_and_participants.ts'
import { createProgrammes } from './20261123T1810_create_programmes.ts'
import { createReservePool } from './20261123T1820_create_reserve_pool.ts'
import { createSavedViews } from './20261123T1830_create_saved_views.ts'
import { createPushPlan } from './20261123T1910_create_push_plan.ts'
import { tellBaselines } from './20261124T0430_tell_baselines.ts'
import { tellProjectDates } from './20261124T0440_tell_project_dates.ts'
import { tellFundingAndEntry } from './20261124T0520_tell_funding_and_entry.ts'
import { indexLocalCodes } from './20261125T1120_index_local_codes.ts'

export const migrations: Migrations = {
  '20261123T0800_create_messaging': createMessaging,
  '20261123T0810_create_units_and_people': createUnitsAndPeople,
  '20261123T0820_create_projects': createProjects,
  '20261123T0830_create_indicators': createIndicators,
  '20261123T1100_widen_projects': widenProjects,
  '20261123T1110_create_project_history': createProjectHistory,
  '20261123T1120_create_imports': createImports,
  '20261123T1130_create_baselines': createBaselines,
  '20261123T1430_word_import_problems': wordImportProblems,
  '20261123T1440_key_moves_by_project': keyMovesByProject,
  '20261123T1450_keep_history_as_written': keepHistoryAsWritten,
  '20261123T1500_create_regions': createRegions,
  '20261123T1510_widen_units_and_people': widenUnitsAndPeople,
  '20261123T1520_create_unit_history': createUnitHistory,
  '20261123T1600_note_sheet_of_import': noteSheetOfImport,
  '20261123T1610_evaluate_indicators': evaluateIndicators,
  '20261123T1800_add_leaders_and_participants': addLeadersAndParticipants,
  '20261123T1810_create_programmes': createProgrammes,
  '20261123T1820_create_reserve_pool': createReservePool,
  '20261123T1830_create_saved_views': createSavedViews,
  '20261123T1910_create_push_plan': createPushPlan,
  '20261124T0430_tell_baselines': tellBaselines,
  '20261124T0440_tell_project_dates': tellProjectDates,
  '20261124T0520_tell_funding_and_entry': tellFundingAndEntry,
  '20261125T1120_index_local_codes': indexLocalCodes,
}
