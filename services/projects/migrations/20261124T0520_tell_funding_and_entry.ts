import { type Migration, sql } from 'kysely'

// The funding plan and the statistical entry of a project were not told of before. Told at the version that is known: who
// keeps them takes them.
export const tellFundingAndEntry: Migration = {
  async up(db) {
    await sql`
      insert into outbox (id, name, payload, occurred_at)
      select gen_random_uuid(), 'projects.loaded.v1', json_build_object('projects', json_agg(known)), max(at)
      from (
        select (row_number() over (order by p.id) - 1) / 200 as part, p.updated_at as at,
          json_build_object('projectId', p.id, 'version', p.version, 'name', p.name, 'regionCode', p.region_code,
            'regionName', p.region_name, 'category', p.category, 'tiers', p.tiers, 'stage', p.stage,
            'assessmentClass', p.assessment_class, 'totalInvestmentYuan', p.total_investment_yuan,
            'responsibleUnitId', p.responsible_unit_id, 'responsibleUnitName', u.name, 'filerId', p.filer_id,
            'leaderId', p.leader_id, 'plannedStartOn', p.planned_start_on, 'actualStartOn', p.actual_start_on,
            'plannedCompletionOn', p.planned_completion_on, 'actualCompletionOn', p.actual_completion_on,
            'statisticalEntryOn', p.statistical_entry_on, 'fundingPlan', p.funding_plan) as known
        from projects p left join units u on u.id = p.responsible_unit_id
        where p.funding_plan <> '[]' or p.statistical_entry_on is not null
      ) told group by part`.execute(db)
  },
}
