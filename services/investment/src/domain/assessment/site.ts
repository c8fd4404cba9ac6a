import type { AssessmentEntry, SiteProject, SiteReview } from '@tiaodu/types'
import { keptOf, meanOf } from './means.ts'
import { groupRows, type Region } from './regions.ts'

/** A project that was seen on site. */
export interface SeenProject {
  readonly projectId: string
  readonly projectName: string
  readonly region: Region
}

function toProject(
  { projectId, projectName }: SeenProject,
  entries: readonly AssessmentEntry[],
  dropFrom: number | null,
): SiteProject {
  const given = entries.filter(({ subject, mark }) => subject === projectId && mark !== null)
  const kept = keptOf(
    given.map(({ mark }) => mark ?? 0),
    dropFrom,
  )
  const counted = given.filter((_, at) => kept[at])
  return {
    ...{ projectId, projectName },
    mark: meanOf(counted.map(({ mark }) => mark)),
    countedMarks: counted.length,
    marks: given.map((entry, at) => ({ ...entry, isDropped: kept[at] !== true })),
  }
}

/** The regions by the mean of the projects that were seen there; a project by the marks of its panel that count. */
export function assessSites(
  seen: readonly SeenProject[],
  entries: readonly AssessmentEntry[],
  dropFrom: number | null,
): SiteReview['groups'] {
  const regions = new Map(seen.map(({ region }) => [region.key, region]))
  const rows = [...regions.values()].map(({ key, name, peerGroup }) => {
    const projects = seen
      .filter(({ region }) => region.key === key)
      .map((project) => toProject(project, entries, dropFrom))
      .filter(({ marks }) => marks.length > 0)
    const mark = meanOf(projects.map((project) => project.mark))
    const isSimulated = projects.some(({ marks }) => marks.some((one) => one.isSimulated))
    return { peerGroup, mark, row: { key, name, mark, countedProjects: projects.length, projects, isSimulated } }
  })
  return groupRows(rows.filter(({ row }) => row.countedProjects > 0))
}
