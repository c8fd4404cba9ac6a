import { type Migration, sql } from 'kysely'

type Step = readonly [code: string, name: string, days: number | null]

// The usual order of Henan's approvals; where a place has others, an operator changes the templates.
const PROCEDURES: readonly Step[] = [
  ['proposal', '项目建议书批复', 30],
  ['siteOpinion', '用地预审与选址意见书', 45],
  ['feasibility', '可行性研究报告批复（核准、备案）', 60],
  ['stabilityRisk', '社会稳定风险评估', 60],
  ['environment', '环境影响评价批复', 75],
  ['energy', '节能审查意见', 75],
  ['waterSoil', '水土保持方案批复', 75],
  ['landPlanning', '建设用地规划许可证', 90],
  ['landSupply', '用地批准与土地供应', 120],
  ['preliminaryDesign', '初步设计及概算批复', 120],
  ['worksPlanning', '建设工程规划许可证', 135],
  ['drawingReview', '施工图审查', 150],
  ['startPermit', '招投标与施工许可证', 180],
]
const MILESTONES: readonly Step[] = [
  ['sitePreparation', '场地平整、三通一平', 210],
  ['foundation', '基础施工', 300],
  ['mainStructure', '主体施工', 420],
  ['topOut', '主体封顶', 480],
  ['installation', '设备安装与装饰装修', 600],
  ['outdoorWorks', '配套及室外工程', 660],
  ['acceptance', '竣工验收', 720],
]
const GUARANTEES: readonly Step[] = [
  ['funds', '资金', null],
  ['land', '土地', null],
  ['energyQuota', '能耗', null],
  ['environmentQuota', '环评', null],
  ['utilities', '水电气路', null],
  ['labour', '用工', null],
]
const SYSTEMS: readonly Step[] = [
  ['legalEntity', '项目法人制', null],
  ['capital', '资本金制', null],
  ['qualityResponsibility', '工程质量责任制', null],
  ['supervision', '工程监理制', null],
]

const KINDS = { procedure: PROCEDURES, milestone: MILESTONES, guarantee: GUARANTEES, system: SYSTEMS }

export const createPushPlan: Migration = {
  async up(db) {
    await sql`
      create table step_templates (
        code text primary key check (code ~ '^[a-z][A-Za-z0-9]{1,39}$'),
        kind text not null check (kind in ('procedure', 'milestone', 'guarantee', 'system')),
        name text not null,
        position integer not null,
        days integer check (days between 0 and 3650),
        is_active boolean not null,
        version integer not null,
        updated_at timestamptz not null,
        updated_by text not null,
        unique (kind, name)
      )`.execute(db)
    const shipped = Object.entries(KINDS).flatMap(([kind, steps]) =>
      steps.map(([code, name, days], position) => ({ code, kind, name, position: position + 1, days })),
    )
    await sql`
      insert into step_templates
      select code, kind, name, position, days, true, 1, now(), 'migration'
      from json_to_recordset(${JSON.stringify(shipped)}::json)
        as s (code text, kind text, name text, position integer, days integer)`.execute(db)
    await sql`
      create table plan_steps (
        id uuid primary key,
        project_id uuid not null references projects (id),
        kind text not null check (kind in ('procedure', 'milestone', 'guarantee', 'system')),
        code text,
        name text not null,
        position integer not null,
        due_on date,
        done_on date,
        progress_percent integer not null check (progress_percent between 0 and 100),
        unit_id uuid references units (id),
        person_id uuid references people (id),
        evidence text,
        note text,
        is_needed boolean not null,
        told_due_on date,
        version integer not null,
        unique (project_id, kind, name)
      )`.execute(db)
    // Those that may slip, by the day on which they do.
    await sql`
      create index plan_steps_open on plan_steps (due_on, id)
        where is_needed and done_on is null and due_on is not null`.execute(db)
    await sql`
      create table step_versions (
        step_id uuid not null references plan_steps (id),
        version integer not null,
        at timestamptz not null,
        actor_id uuid,
        actor_name text not null,
        reason text,
        changes jsonb not null,
        primary key (step_id, version)
      )`.execute(db)
  },
}
