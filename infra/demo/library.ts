import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Client } from '@tiaodu/client'
import type { Project } from '@tiaodu/types'
import type { System } from '../local/system.ts'
import { simulatedPlan } from './figures.ts'
import type { Cast } from './people.ts'

const FILES = [
  ['projects', 'key_projects.csv'],
  ['indicators', 'plan_indicators.csv'],
  ['targets', 'annual_targets.csv'],
] as const

/** Loads the three files of the sample with the command that anyone can point at their own. */
export function loadFiles(system: System, sampleDirectory: string): string[] {
  const { databaseUrl, tokenSecret, clockFile, root } = system.options
  return FILES.map(([kind, file]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, 'services/projects/dist/src/commands/load.js'), kind, join(sampleDirectory, file)],
      {
        encoding: 'utf8',
        env: {
          ...process.env,
          DATABASE_URL: databaseUrl,
          TOKEN_SECRET: tokenSecret,
          ...(clockFile && { CLOCK_FILE: clockFile }),
        },
      },
    )
    if (status !== 0) throw new Error(`Loading ${file} failed:\n${stderr}`)
    return stdout.trim()
  })
}

/** Every project of the library. */
export async function listAllProjects(client: Client): Promise<Project[]> {
  const projects: Project[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await client.listProjects({ query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } })
    projects.push(...page.items)
    if (page.nextCursor === null) return projects
    cursor = page.nextCursor
  }
}

function unitFor(project: Project, cast: Cast) {
  const ofRegion = cast.units.filter(({ unit }) => unit.regionCode === project.regionCode)
  return (
    ofRegion.find(({ categories }) => categories.includes(project.category)) ??
    ofRegion.find(({ categories }) => categories.includes('*'))
  )
}

/** Gives every project a responsible unit, its filer and the region's leader: 演示数据, the documents name none. */
export async function assignProjects(client: Client, projects: readonly Project[], cast: Cast): Promise<void> {
  for (const project of projects) {
    const responsible = unitFor(project, cast)
    if (responsible === undefined) throw new Error(`No demo unit answers for ${project.name}`)
    await client.updateProject({
      params: { id: project.id },
      body: {
        responsibleUnitId: responsible.unit.id,
        filerId: responsible.filer.id,
        leaderId: cast.leaders.get(project.regionCode)?.id ?? cast.office.leader.id,
      },
    })
  }
}

/** Sets the simulated annual plans of these projects. */
export async function setPlans(client: Client, projects: readonly Project[], year: number): Promise<void> {
  for (const project of projects) {
    const plannedYuan = simulatedPlan(project.name, project.totalInvestmentYuan)
    await client.putAnnualPlan({ params: { id: project.id, year }, body: { plannedYuan } })
  }
}
