import { type Migration, sql } from 'kysely'

const YEAR = {
  components: [
    { key: 'monthly', name: '月度排名', source: 'monthlyScore', weight: 40, atMost: 100 },
    { key: 'completion', name: '年度投资完成率', source: 'completionRate', weight: 20, atMost: 100 },
    { key: 'site', name: '半年观摩', source: 'siteReview', weight: 20, atMost: 100 },
    { key: 'onTime', name: '报送及时率', source: 'onTimeRate', weight: 10, atMost: 100 },
    { key: 'leader', name: '领导评分', source: 'manual', weight: 10, atMost: 100 },
  ],
}
const SITE = { dropFrom: 5 }

// 季点评, 半年观摩, 全年总评. An entry is what somebody wrote or marked about a year (2026), half (2026-H1) or quarter
// (2026-Q3), in versions; its subject is a region or a project. A seal is what was published of a term, to the byte.
// How a year is assessed, and how the marks of a panel become one, are rules that are data.
export const createAssessments: Migration = {
  async up(db) {
    await sql`
      create table assessment_entries (
        term text not null,
        subject text not null,
        topic text not null,
        version integer not null,
        mark_hundredths integer check (mark_hundredths between 0 and 10000),
        text text not null,
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null,
        is_simulated boolean not null,
        primary key (term, subject, topic, version)
      )`.execute(db)
    await sql`
      create table assessment_seals (
        term text primary key,
        content text not null,
        sha256 text not null,
        published_at timestamptz not null,
        published_by uuid,
        published_by_name text not null
      )`.execute(db)
    await sql`
      insert into formulas
      select subject, 1, '2000-01', content, '2000-01-01T00:00:00Z', null, '系统', '出厂默认'
      from (values ('assessment', ${JSON.stringify(YEAR)}::jsonb), ('site review', ${JSON.stringify(SITE)}::jsonb))
        as rules (subject, content)`.execute(db)
  },
}
