import { type Database, prepare } from '@tiaodu/database'
import type { Place } from '@tiaodu/service'
import type { EventPayload } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { saveUnitOf } from './units.repository.ts'

/** The dates that an event states; what it does not state stays as it was known. */
const toDates = (project: EventPayload<'project.changed.v1'>) => ({
  ...(project.plannedStartOn === undefined ? {} : { planned_start_on: project.plannedStartOn }),
  ...(project.actualStartOn === undefined ? {} : { actual_start_on: project.actualStartOn }),
  ...(project.plannedCompletionOn === undefined ? {} : { planned_completion_on: project.plannedCompletionOn }),
  ...(project.actualCompletionOn === undefined ? {} : { actual_completion_on: project.actualCompletionOn }),
  ...(project.statisticalEntryOn === undefined ? {} : { statistical_entry_on: project.statisticalEntryOn }),
})

/** The funding plan that an event states, and its sum. */
const toFunding = ({ fundingPlan }: EventPayload<'project.changed.v1'>) =>
  fundingPlan === undefined
    ? {}
    : {
        funding_plan: JSON.stringify(fundingPlan),
        funding_yuan: fundingPlan.reduce((sum, { yuan }) => sum + yuan, 0),
      }

// The version that is known may be told again with what was not told at first.
const isNews = ({ fundingPlan, statisticalEntryOn }: EventPayload<'project.changed.v1'>) => {
  const isOther = [
    sql`(projects.planned_start_on, projects.actual_start_on, projects.planned_completion_on, projects.actual_completion_on)
      is distinct from (excluded.planned_start_on, excluded.actual_start_on, excluded.planned_completion_on,
        excluded.actual_completion_on)`,
    ...(statisticalEntryOn === undefined
      ? []
      : [sql`projects.statistical_entry_on is distinct from excluded.statistical_entry_on`]),
    ...(fundingPlan === undefined ? [] : [sql`projects.funding_plan <> excluded.funding_plan`]),
  ]
  return sql<boolean>`(projects.version < excluded.version
    or projects.version = excluded.version and (${sql.join(isOther, sql` or `)}))`
}

/** Keeps what an event says of a project unless something newer is known. @returns whether it was news */
export async function saveProject(
  db: Kysely<DB>,
  project: EventPayload<'project.changed.v1'>,
  now: Date,
): Promise<boolean> {
  await saveUnitOf(db, project)
  const row = {
    id: project.projectId,
    version: project.version,
    name: project.name,
    region_code: project.regionCode,
    region_name: project.regionName,
    category: project.category,
    tiers: [...project.tiers],
    stage: project.stage,
    assessment_class: project.assessmentClass,
    total_investment_yuan: project.totalInvestmentYuan,
    unit_id: project.responsibleUnitId,
    ...toDates(project),
    ...toFunding(project),
  }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('projects')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row).where(isNews(project)))
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) return false
  await keepPlace(db, project.projectId, now)
  return true
}

const PLACE = sql`p.region_code, p.region_name, p.unit_id, p.category, p.tiers, p.assessment_class = 'assessed',
  p.stage = 'withdrawn', p.stage, p.total_investment_yuan, p.planned_start_on, p.actual_start_on, p.planned_completion_on,
  p.actual_completion_on, p.statistical_entry_on`

/** Keeps where a project stands from now on, when that is not where it stood. */
async function keepPlace(db: Kysely<DB>, projectId: string, now: Date): Promise<void> {
  await sql`
    insert into project_places (project_id, ordinal, at, region_code, region_name, unit_id, category, tiers, is_assessed,
      is_withdrawn, stage, total_investment_yuan, planned_start_on, actual_start_on, planned_completion_on,
      actual_completion_on, statistical_entry_on)
    select p.id, coalesce(l.ordinal, 0) + 1, ${now}, ${PLACE}
    from projects p
    left join lateral (
      select * from project_places where project_id = p.id order by ordinal desc limit 1
    ) l on true
    where p.id = ${projectId} and (l.region_code, l.region_name, l.unit_id, l.category, l.tiers, l.is_assessed, l.is_withdrawn,
      l.stage, l.total_investment_yuan, l.planned_start_on, l.actual_start_on, l.planned_completion_on,
      l.actual_completion_on, l.statistical_entry_on) is distinct from (${PLACE})`.execute(db)
}

const placeOf = prepare<{ id: string }, Place>(
  'place-of-project',
  (param) => sql`select unit_id as "unitId", region_code as "regionCode" from projects where id = ${param('id')}::uuid`,
)

/** Where a project stands; asked on every call that names one. */
export const findPlace = async ({ pool }: Database<DB>, id: string): Promise<Place | undefined> =>
  (await placeOf(pool, { id }))[0]

/** A project that must report, with who answers for it. */
export interface ReportingProject {
  readonly id: string
  readonly unitId: string
  readonly regionCode: string
}

/** Projects in one of the stages that report, with a responsible unit, which have no obligation for the period yet. */
export async function listReportingProjects(
  db: Kysely<DB>,
  period: string,
  stages: readonly string[],
  onlyId: string | null,
): Promise<ReportingProject[]> {
  const { rows } = await sql<ReportingProject>`
    select p.id, p.unit_id as "unitId", p.region_code as "regionCode" from projects p
    where p.stage = any(${stages}) and p.unit_id is not null and (${onlyId}::uuid is null or p.id = ${onlyId})
      and not exists (select from obligations o where o.project_id = p.id and o.period = ${period})
    order by p.id`.execute(db)
  return rows
}

/** What a reader calls a project and its unit. */
export async function findNames(
  db: Kysely<DB>,
  id: string,
): Promise<{ readonly projectName: string; readonly unitName: string | null }> {
  const { rows } = await sql<{ projectName: string; unitName: string | null }>`
    select p.name as "projectName", u.name as "unitName" from projects p left join units u on u.id = p.unit_id
    where p.id = ${id}`.execute(db)
  return rows[0] ?? { projectName: '', unitName: null }
}
