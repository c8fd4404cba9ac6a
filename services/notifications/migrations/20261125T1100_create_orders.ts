import { type Migration, sql } from 'kysely'

const RULE = {
  limits: { express: { least: 1, most: 5 }, ordinary: { least: 1, most: 15 }, hard: { least: 1, most: 30 } },
  signHours: 24,
  nearDays: 2,
}

const policy = {
  everyWorkdays: null,
  untilWorkdays: null,
  channels: ['email'],
  quietHours: null,
  isActive: true,
  mode: 'digest',
  unit: 'workdays',
}
const POLICIES = [
  {
    ...policy,
    id: 'order-due-1',
    name: '督办到期前 1 个工作日',
    fact: 'order-due',
    tells: ['head', 'filer'],
    amount: -1,
    time: '09:00',
  },
  {
    ...policy,
    id: 'order-unsigned-0',
    name: '督办签收逾期',
    fact: 'order-unsigned',
    tells: ['head', 'filer', 'supervisor'],
    amount: 0,
    time: null,
  },
  {
    ...policy,
    id: 'order-overdue-0',
    name: '督办上报逾期',
    fact: 'order-overdue',
    tells: ['head', 'filer'],
    amount: 0,
    time: null,
  },
  {
    ...policy,
    id: 'order-overdue-1',
    name: '督办上报逾期 1 个工作日',
    fact: 'order-overdue',
    tells: ['supervisor'],
    amount: 1,
    time: '09:00',
  },
]

/** 督办单: an order, the part of each unit, and everything that was done about it. */
export const createOrders: Migration = {
  async up(db) {
    await sql`
      create table order_rules (
        version integer primary key,
        content jsonb not null,
        at timestamptz not null,
        actor_name text not null,
        reason text not null
      )`.execute(db)
    await sql`insert into order_rules values (1, ${JSON.stringify(RULE)}::jsonb, '2000-01-01T00:00:00Z', '系统', '出厂默认')`.execute(
      db,
    )
    await sql`
      insert into policies
      select p ->> 'id', 1, p - 'id', '2000-01-01T00:00:00Z', null, '系统', '出厂默认'
      from jsonb_array_elements(${JSON.stringify(POLICIES)}::jsonb) as p`.execute(db)
    await sql`
      create table orders (
        id uuid primary key,
        year integer,
        ordinal integer,
        title text not null,
        demand text not null,
        urgency text not null,
        days integer not null,
        state text not null check (state in ('draft', 'issued', 'suspended', 'finished', 'struckOff')),
        region_code text not null,
        project_id uuid,
        alert_id uuid,
        raised_by_id uuid,
        raised_by_name text not null,
        raised_at timestamptz not null,
        issued_at timestamptz,
        version integer not null default 1,
        unique (year, ordinal),
        check ((year is null) = (ordinal is null) and (state = 'draft') = (ordinal is null))
      )`.execute(db)
    await sql`create index orders_newest on orders (raised_at desc, id desc)`.execute(db)
    await sql`
      create table order_flows (
        id uuid primary key,
        order_id uuid not null references orders (id),
        unit_id uuid not null,
        part text not null check (part in ('lead', 'cooperating')),
        state text not null,
        sign_by timestamptz,
        due_at timestamptz,
        signed_at timestamptz,
        finished_at timestamptz,
        reworks integer not null default 0,
        extension jsonb,
        told_through timestamptz,
        unique (order_id, unit_id)
      )`.execute(db)
    await sql`create index order_flows_by_unit on order_flows (unit_id)`.execute(db)
    await sql`
      create index order_flows_open on order_flows (due_at) where state in ('issued', 'signed', 'handling', 'rework')`.execute(
      db,
    )
    await sql`
      create table order_moments (
        id bigint generated always as identity primary key,
        order_id uuid not null references orders (id),
        flow_id uuid references order_flows (id),
        at timestamptz not null,
        action text not null,
        actor_id uuid,
        actor_name text not null,
        note text
      )`.execute(db)
    await sql`create index order_moments_by_order on order_moments (order_id, id)`.execute(db)
  },
}
