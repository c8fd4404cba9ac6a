import type { Reach } from '@tiaodu/service'
import type { ProjectForecast } from '@tiaodu/types'
import { type Kysely, sql } from 'kysely'
import type { LearnedForecast } from '../domain/forecast/learned-forecast.ts'
import type { DB } from '../generated/tables.ts'

/** What was learned for a month, if it was learned after `since`. */
export async function findLearned(db: Kysely<DB>, period: string, since: Date): Promise<LearnedForecast | undefined> {
  const query = db.selectFrom('forecast_lessons').select(['content']).where('period', '=', period)
  const row = await query.where('learned_at', '>', since).executeTakeFirst()
  return row && (row.content as unknown as LearnedForecast)
}

export async function keepLearned(db: Kysely<DB>, period: string, learned: LearnedForecast): Promise<void> {
  await sql`
    insert into forecast_lessons (period, learned_at, content)
    values (${period}, ${learned.learnedAt}, ${JSON.stringify(learned)})
    on conflict (period) do update set learned_at = excluded.learned_at, content = excluded.content`.execute(db)
}

/** The projects of a region, category and stage in a month, those with an annual plan added up. */
export interface StandingSum {
  readonly regionCode: string
  readonly regionName: string
  readonly category: string
  readonly stage: string
  readonly projectCount: number
  readonly withoutPlanCount: number
  readonly plannedYuan: number
  readonly completedYuan: number
  readonly isSimulated: boolean
}

const within = (period: string, { unitId, regionPrefix }: Reach) => sql`
  s.period = ${period} and s.region_code like ${`${regionPrefix}%`}
  and (${unitId}::uuid is null or s.unit_id = ${unitId})`

/** What the projects within reach add up to in a month. */
export async function sumStandings(db: Kysely<DB>, period: string, reach: Reach): Promise<StandingSum[]> {
  const { rows } = await sql<StandingSum>`
    select s.region_code as "regionCode", max(s.region_name) as "regionName", s.category, s.stage,
      (count(*) filter (where s.planned_yuan > 0))::int as "projectCount",
      (count(*) filter (where s.planned_yuan = 0))::int as "withoutPlanCount",
      sum(s.planned_yuan)::bigint as "plannedYuan",
      coalesce(sum(s.year_yuan) filter (where s.planned_yuan > 0), 0)::bigint as "completedYuan",
      bool_or(s.is_simulated) as "isSimulated"
    from standings s where ${within(period, reach)}
    group by s.region_code, s.category, s.stage order by s.region_code, s.category, s.stage`.execute(db)
  return rows
}

/** A project as it stands in a month. */
export type StandingProject = Pick<
  ProjectForecast,
  'projectId' | 'projectName' | 'regionCode' | 'regionName' | 'unitName' | 'category' | 'stage' | 'plannedYuan'
> & { readonly completedYuan: number; readonly isSimulated: boolean }

const PROJECT = sql`s.project_id as "projectId", p.name as "projectName", s.region_code as "regionCode",
  s.region_name as "regionName", u.name as "unitName", s.category, s.stage, s.planned_yuan as "plannedYuan",
  s.year_yuan as "completedYuan", s.is_simulated as "isSimulated"
  from standings s join projects p on p.id = s.project_id left join units u on u.id = s.unit_id`

/** Projects within reach as they stand in a month, by id. */
export async function listStandingProjects(
  db: Kysely<DB>,
  { period, regionCode }: { period: string; regionCode: string | undefined },
  reach: Reach,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<StandingProject[]> {
  const { rows } = await sql<StandingProject>`
    select ${PROJECT} where ${within(period, reach)}
      and (${regionCode ?? null}::text is null or s.region_code = ${regionCode ?? null})
      and (${after ?? null}::uuid is null or s.project_id > ${after ?? null})
    order by s.project_id limit ${limit}`.execute(db)
  return rows
}

export async function findStandingProject(
  db: Kysely<DB>,
  period: string,
  projectId: string,
): Promise<StandingProject | undefined> {
  const { rows } = await sql<StandingProject>`
    select ${PROJECT} where s.period = ${period} and s.project_id = ${projectId}`.execute(db)
  return rows[0]
}
