import type { Database } from '@tiaodu/database'
import type { Place } from '@tiaodu/service'
import type { Project } from '@tiaodu/types'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { DB, Projects } from '../generated/tables.ts'

/** Everything stored of a project; the unit's name is joined when it is read. */
export type StoredProject = Omit<Project, 'responsibleUnitName'>

const toProject = (row: Selectable<Projects>): StoredProject => ({
  id: row.id,
  name: row.name,
  regionCode: row.region_code,
  regionName: row.region_name,
  category: row.category,
  stage: row.stage as Project['stage'],
  tiers: row.tiers as Project['tiers'],
  assessmentClass: row.assessment_class as Project['assessmentClass'],
  totalInvestmentYuan: row.total_investment_yuan,
  responsibleUnitId: row.responsible_unit_id,
  filerId: row.filer_id,
  leaderId: row.leader_id,
  source: row.source,
  section: row.section,
  note: row.note,
  version: row.version,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
})

const toRow = (project: StoredProject) => ({
  id: project.id,
  name: project.name,
  region_code: project.regionCode,
  region_name: project.regionName,
  category: project.category,
  stage: project.stage,
  tiers: [...project.tiers],
  assessment_class: project.assessmentClass,
  total_investment_yuan: project.totalInvestmentYuan,
  responsible_unit_id: project.responsibleUnitId,
  filer_id: project.filerId,
  leader_id: project.leaderId,
  source: project.source,
  section: project.section,
  note: project.note,
  version: project.version,
  created_at: project.createdAt,
  updated_at: project.updatedAt,
})

export async function lockProject(trx: Transaction<DB>, id: string): Promise<StoredProject | undefined> {
  const row = await trx.selectFrom('projects').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && toProject(row)
}

/** The projects of these regions by region and name, for a file that names them so. */
export async function lockProjectsOfRegions(trx: Transaction<DB>, regionCodes: string[]): Promise<StoredProject[]> {
  const query = trx.selectFrom('projects').selectAll().where('region_code', '=', sql<string>`any(${regionCodes})`)
  return (await query.forUpdate().execute()).map(toProject)
}

const ROWS_PER_INSERT = 500

/** @returns how many were inserted; one whose name its region has already is left out */
export async function insertProjects(trx: Transaction<DB>, projects: readonly StoredProject[]): Promise<number> {
  let inserted = 0
  for (let start = 0; start < projects.length; start += ROWS_PER_INSERT) {
    const { numInsertedOrUpdatedRows = 0n } = await trx
      .insertInto('projects')
      .values(projects.slice(start, start + ROWS_PER_INSERT).map(toRow))
      .onConflict((conflict) => conflict.columns(['region_code', 'name']).doNothing())
      .executeTakeFirstOrThrow()
    inserted += Number(numInsertedOrUpdatedRows)
  }
  return inserted
}

export const saveProject = async (trx: Transaction<DB>, project: StoredProject): Promise<void> => {
  const { id, ...changes } = toRow(project)
  await trx.updateTable('projects').set(changes).where('id', '=', id).execute()
}

export async function nameIsTaken(
  db: Kysely<DB>,
  regionCode: string,
  name: string,
  exceptId: string,
): Promise<boolean> {
  const query = db.selectFrom('projects').select('id').where('region_code', '=', regionCode).where('name', '=', name)
  return (await query.where('id', '!=', exceptId).executeTakeFirst()) !== undefined
}

export async function findPlace({ kysely }: Database<DB>, id: string): Promise<Place | undefined> {
  const query = kysely.selectFrom('projects').select(['responsible_unit_id as unitId', 'region_code as regionCode'])
  return await query.where('id', '=', id).executeTakeFirst()
}
