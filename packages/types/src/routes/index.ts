import type { RouteContract } from '../contract.ts'
import * as alerts from './alerts.routes.ts'
import * as appointments from './appointments.routes.ts'
import * as bulkReports from './bulk-reports.routes.ts'
import * as calendars from './calendars.routes.ts'
import * as corrections from './corrections.routes.ts'
import * as cycleRules from './cycle-rules.routes.ts'
import * as cycles from './cycles.routes.ts'
import * as imports from './imports.routes.ts'
import * as indicators from './indicators.routes.ts'
import * as people from './people.routes.ts'
import * as portfolio from './portfolio.routes.ts'
import * as programmes from './programmes.routes.ts'
import * as projects from './projects.routes.ts'
import * as pushPlan from './push-plan.routes.ts'
import * as regions from './regions.routes.ts'
import * as reports from './reports.routes.ts'
import * as reserve from './reserve-pool.routes.ts'
import * as savedViews from './saved-views.routes.ts'
import * as sessions from './sessions.routes.ts'
import * as units from './units.routes.ts'

/** Every route of the API. The portal publishes exactly these. */
export const routes = {
  createSession: sessions.createSession,
  getCurrentSession: sessions.getCurrentSession,
  endSession: sessions.endSession,
  createAccount: sessions.createAccount,
  listProjects: projects.listProjects,
  countProjects: projects.countProjects,
  exportProjects: projects.exportProjects,
  getProject: projects.getProject,
  createProject: projects.createProject,
  updateProject: projects.updateProject,
  listProjectVersions: projects.listProjectVersions,
  moveProject: projects.moveProject,
  listProjectMoves: projects.listProjectMoves,
  listAllowedMoves: projects.listAllowedMoves,
  addBaseline: projects.addBaseline,
  listBaselines: projects.listBaselines,
  getFunnel: projects.getFunnel,
  listStepTemplates: pushPlan.listStepTemplates,
  putStepTemplate: pushPlan.putStepTemplate,
  listPlanSteps: pushPlan.listPlanSteps,
  createPlan: pushPlan.createPlan,
  addPlanStep: pushPlan.addPlanStep,
  updatePlanStep: pushPlan.updatePlanStep,
  listPlanStepVersions: pushPlan.listPlanStepVersions,
  listDueSteps: pushPlan.listDueSteps,
  listProgrammes: programmes.listProgrammes,
  createProgramme: programmes.createProgramme,
  updateProgramme: programmes.updateProgramme,
  listProgrammeVersions: programmes.listProgrammeVersions,
  listProgrammeMembers: programmes.listProgrammeMembers,
  putProgrammeMember: programmes.putProgrammeMember,
  addProgrammeMembers: programmes.addProgrammeMembers,
  leaveProgramme: programmes.leaveProgramme,
  copyProgrammeMembers: programmes.copyProgrammeMembers,
  listProjectProgrammes: programmes.listProjectProgrammes,
  listReserveEntries: reserve.listReserveEntries,
  countReserveEntries: reserve.countReserveEntries,
  addReserveEntries: reserve.addReserveEntries,
  rollReservePool: reserve.rollReservePool,
  listProjectReserveEntries: reserve.listProjectReserveEntries,
  listSavedViews: savedViews.listSavedViews,
  createSavedView: savedViews.createSavedView,
  updateSavedView: savedViews.updateSavedView,
  deleteSavedView: savedViews.deleteSavedView,
  createImport: imports.createImport,
  getProjectTemplate: imports.getProjectTemplate,
  listImports: imports.listImports,
  getImport: imports.getImport,
  listRegions: regions.listRegions,
  createRegion: regions.createRegion,
  listUnits: units.listUnits,
  listPeerGroups: units.listPeerGroups,
  createUnit: units.createUnit,
  getUnit: units.getUnit,
  updateUnit: units.updateUnit,
  moveUnit: units.moveUnit,
  listUnitVersions: units.listUnitVersions,
  listPeople: people.listPeople,
  createPerson: people.createPerson,
  getPerson: people.getPerson,
  updatePerson: people.updatePerson,
  listPersonVersions: people.listPersonVersions,
  listAppointments: appointments.listAppointments,
  createAppointment: appointments.createAppointment,
  endAppointment: appointments.endAppointment,
  listPlanIndicators: indicators.listPlanIndicators,
  evaluateIndicators: indicators.evaluateIndicators,
  importPlanIndicators: indicators.importPlanIndicators,
  getPlanIndicator: indicators.getPlanIndicator,
  putIndicatorYear: indicators.putIndicatorYear,
  listIndicatorChanges: indicators.listIndicatorChanges,
  listAnnualTargets: indicators.listAnnualTargets,
  importAnnualTargets: indicators.importAnnualTargets,
  getCycleRule: cycleRules.getCycleRule,
  putCycleRule: cycleRules.putCycleRule,
  listCycleRules: cycleRules.listCycleRules,
  previewCycles: cycleRules.previewCycles,
  getWorkCalendar: calendars.getWorkCalendar,
  putWorkCalendar: calendars.putWorkCalendar,
  listWorkCalendarVersions: calendars.listWorkCalendarVersions,
  openCycle: cycles.openCycle,
  listCycles: cycles.listCycles,
  getCycle: cycles.getCycle,
  listObligations: cycles.listObligations,
  putAnnualPlan: cycles.putAnnualPlan,
  getAnnualPlan: cycles.getAnnualPlan,
  getProgress: reports.getProgress,
  getReport: reports.getReport,
  saveReport: reports.saveReport,
  submitReport: reports.submitReport,
  returnReport: reports.returnReport,
  fileUnchanged: reports.fileUnchanged,
  approveReport: reports.approveReport,
  listReportActs: corrections.listReportActs,
  listCorrections: corrections.listCorrections,
  askCorrection: corrections.askCorrection,
  approveCorrection: corrections.approveCorrection,
  refuseCorrection: corrections.refuseCorrection,
  withdrawCorrection: corrections.withdrawCorrection,
  fileReports: bulkReports.fileReports,
  approveReports: bulkReports.approveReports,
  returnReports: bulkReports.returnReports,
  listReports: reports.listReports,
  getSummary: portfolio.getSummary,
  publishBulletin: portfolio.publishBulletin,
  getBulletin: portfolio.getBulletin,
  listAlerts: alerts.listAlerts,
  listInbox: alerts.listInbox,
  readInboxItem: alerts.readInboxItem,
  listDeliveries: alerts.listDeliveries,
} as const satisfies Record<string, RouteContract>

export type Routes = typeof routes
export type RouteName = keyof Routes
