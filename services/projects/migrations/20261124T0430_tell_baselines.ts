import { type Migration, sql } from 'kysely'

// Baselines were not told of before: whoever holds reports against them hears of those that there are.
export const tellBaselines: Migration = {
  async up(db) {
    await sql`
      insert into outbox (id, name, payload, occurred_at)
      select gen_random_uuid(), 'baseline.recorded.v1', json_build_object('projectId', project_id, 'number', number,
        'document', document, 'approvedOn', approved_on, 'totalInvestmentYuan', total_investment_yuan), at
      from baselines`.execute(db)
  },
}
