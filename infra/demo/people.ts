import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from '@tiaodu/client'
import type { Person, PersonRole, Unit } from '@tiaodu/types'
import { parse } from 'csv-parse/sync'

interface UnitRow {
  readonly code: string
  readonly name: string
  readonly region_code: string
  readonly region_name: string
  readonly categories: string
}

/** The people of the demo: 演示数据, every one of them. */
export interface Cast {
  /** Responsible units with the categories of projects they answer for ('*' is the rest of the region). */
  readonly units: readonly { unit: Unit; categories: readonly string[]; filer: Person; head: Person }[]
  readonly leaders: ReadonlyMap<string, Person>
  readonly office: { unit: Unit; reviewer: Person; supervisor: Person; operator: Person; leader: Person }
}

const OFFICE: UnitRow = {
  code: 'jz-office',
  name: '焦作市重点项目建设办公室',
  region_code: '410800',
  region_name: '焦作市',
  categories: '',
}

async function registerUnit(client: Client, row: UnitRow): Promise<Unit> {
  return await client.createUnit({ body: { name: row.name, regionCode: row.region_code, regionName: row.region_name } })
}

const TITLES: Record<PersonRole, string> = {
  filer: '填报人',
  head: '单位负责人',
  reviewer: '审核人',
  leader: '责任领导',
  supervisor: '督查专员',
  operator: '系统管理员',
}

const registerPerson = (client: Client, unit: Unit, code: string, role: PersonRole): Promise<Person> =>
  client.createPerson({
    body: {
      name: `${unit.name}${TITLES[role]}（演示）`,
      unitId: unit.id,
      role,
      email: `${role}.${code}@demo.tiaodu.example`,
    },
  })

/** Registers the units of demo_units.csv, a filer and a head in each, a leader per region and the key-project office. */
export async function registerCast(client: Client, sampleDirectory: string): Promise<Cast> {
  const rows: UnitRow[] = parse(readFileSync(join(sampleDirectory, 'demo_units.csv')), { columns: true, bom: true })
  const units: Cast['units'][number][] = []
  const leaders = new Map<string, Person>()
  for (const row of rows) {
    const unit = await registerUnit(client, row)
    units.push({
      unit,
      categories: row.categories.split(';'),
      filer: await registerPerson(client, unit, row.code, 'filer'),
      head: await registerPerson(client, unit, row.code, 'head'),
    })
    if (!leaders.has(row.region_code)) {
      leaders.set(row.region_code, await registerPerson(client, unit, row.code, 'leader'))
    }
  }
  const unit = await registerUnit(client, OFFICE)
  const inOffice = (role: PersonRole) => registerPerson(client, unit, OFFICE.code, role)
  const office = {
    unit,
    reviewer: await inOffice('reviewer'),
    supervisor: await inOffice('supervisor'),
    operator: await inOffice('operator'),
    leader: await inOffice('leader'),
  }
  return { units, leaders, office }
}
