import { type Migration, sql } from 'kysely'

export const widenUnitsAndPeople: Migration = {
  async up(db) {
    await sql`
      alter table units
        add column kind text not null default 'responsibleUnit'
          check (kind in ('city', 'district', 'department', 'responsibleUnit')),
        add column credit_code text unique,
        add column peer_group text,
        add column address text,
        add column telephone text,
        add column parent_since date`.execute(db)
    await sql`alter table units alter column kind drop default, add foreign key (region_code) references regions (code)`.execute(
      db,
    )
    // Units had no date of their own so far: they stand where they stand since the first project was registered.
    await sql`
      update units set parent_since =
        (select (least(now(), min(created_at)) at time zone 'Asia/Shanghai')::date from projects)`.execute(db)
    await sql`alter table units alter column parent_since set not null, drop column region_name`.execute(db)
    await sql`create index units_by_parent on units (parent_id)`.execute(db)
    await sql`alter table people add column mobile text, add column left_on date`.execute(db)
    await sql`
      create table appointments (
        id uuid primary key,
        person_id uuid not null references people (id),
        unit_id uuid not null references units (id),
        role text not null
          check (role in ('filer', 'head', 'reviewer', 'leader', 'supervisor', 'operator', 'contact')),
        is_main boolean not null,
        from_on date not null,
        until_on date check (until_on >= from_on)
      )`.execute(db)
    await sql`create unique index appointments_main on appointments (person_id) where is_main and until_on is null`.execute(
      db,
    )
    await sql`create index appointments_by_person on appointments (person_id)`.execute(db)
    await sql`create index appointments_by_unit on appointments (unit_id, role)`.execute(db)
    await sql`
      insert into appointments
      select uuidv7(), p.id, p.unit_id, p.role, true, u.parent_since, null
      from people p join units u on u.id = p.unit_id`.execute(db)
  },
}
