import { type Migration, sql } from 'kysely'

// Version 1 is how every report so far was reviewed: once, by whoever reaches it.
const ONE_LEVEL = { levels: [{ reviewer: 'any', name: '审核' }] }

// A filed report says which level it waits for and who has passed it at the levels before; history keeps the level.
export const createReviewLevels: Migration = {
  async up(db) {
    await sql`
      insert into formulas values ('review', 1, '2000-01', ${JSON.stringify(ONE_LEVEL)}::jsonb, '2000-01-01T00:00:00Z', null,
        '系统', '出厂默认')`.execute(db)
    await sql`
      alter table monthly_reports
        add column awaits text check (awaits in ('any', 'unit', 'county', 'city', 'province')),
        add column passed_by uuid[] not null default '{}'`.execute(db)
    await sql`update monthly_reports set awaits = 'any' where state = 'submitted'`.execute(db)
    await sql`alter table report_history add column level_name text`.execute(db)
    await sql`alter table report_history drop constraint report_history_action_check`.execute(db)
    await sql`
      alter table report_history add constraint report_history_action_check
      check (action in ('submitted', 'returned', 'passed', 'approved', 'corrected'))`.execute(db)
    await sql`alter table units add column parent_id uuid`.execute(db)
  },
}
