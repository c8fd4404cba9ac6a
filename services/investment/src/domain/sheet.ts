import { CHECKS, type Report, type ReportAct, type SheetContent } from '@tiaodu/types'
import type { StoredPhoto } from './photo-decisions.ts'

type Done = Pick<ReportAct, 'action' | 'revision' | 'at' | 'levelName'>

/** What is printed of a report: nothing that differs from one printing to the next. */
export function toSheet(report: Report, acts: readonly Done[], photos: readonly StoredPhoto[]): SheetContent {
  const { projectId, projectName, regionCode, unitName, period, state, version, revision, dueAt } = report
  const { submittedAt, isLate, approvedAt, entry, isSimulated, computed } = report
  const { light: _light, lightReasons: _reasons, ...figures } = computed
  // Whether a draft is late depends on the hour; it is printed of what was filed.
  const isFiledLate = submittedAt !== null && isLate
  const isFiled = state === 'submitted' || state === 'approved'
  const passed = acts.filter((act) => act.revision === revision && ['passed', 'approved'].includes(act.action))
  return {
    ...{ projectId, projectName, regionCode, unitName, period, state, version },
    ...{ revision, dueAt, submittedAt, isLate: isFiledLate, approvedAt, entry },
    computed: figures,
    explained: entry.explanations.map(({ code, text }) => ({ zh: CHECKS[code].zh, en: CHECKS[code].en, text })),
    review: isFiled ? passed.map(({ levelName, at }) => ({ levelName, at })) : [],
    photos: photos.map(({ id, place, takenOn, sha256 }) => ({ id, place, takenOn, sha256 })),
    isSimulated,
  }
}
