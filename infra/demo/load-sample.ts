import { join } from 'node:path'
import type { System } from '../local/system.ts'
import { createDemoAccounts, type DemoAccount } from './accounts.ts'
import { createCallers, toActor } from './callers.ts'
import { assignProjects, listAllProjects, loadFiles, setPlans } from './library.ts'
import type { Players } from './month.ts'
import { type Cast, registerCast } from './people.ts'
import { waitUntilSettled } from './settle.ts'

const REPORTING = new Set(['signed', 'preliminary', 'newlyStarted', 'building', 'finishing'])

/** Loads the real projects, then the people and plans of the demo, through the running system. */
export async function loadSample(
  system: System,
  options: { sampleDirectory: string; year: number; accountsFile: string; say: (line: string) => void },
): Promise<{ cast: Cast; accounts: DemoAccount[] }> {
  const { sampleDirectory, year, accountsFile, say } = options
  for (const line of loadFiles(system, sampleDirectory)) say(line)
  const client = await createCallers(system).asService()
  const cast = await registerCast(client, sampleDirectory)
  say(`registered ${cast.units.length + 1} units and their people (演示数据)`)
  const projects = await listAllProjects(client)
  await assignProjects(client, projects, cast)
  const accounts = await createDemoAccounts(client, cast, accountsFile)
  await waitUntilSettled(system.options.databaseUrl)
  const players = await createPlayers(system, cast)
  await setPlans(
    players.operator,
    projects.filter((project) => REPORTING.has(project.stage)),
    year,
  )
  say(`assigned ${projects.length} projects and set the annual plans of ${year} (演示数据)`)
  return { cast, accounts }
}

/** The people of the cast as callers of the running system. */
export async function createPlayers(system: System, cast: Cast): Promise<Players> {
  const callers = createCallers(system)
  const byUnit = new Map(cast.units.map(({ unit, filer }) => [unit.id, callers.as(toActor(filer, unit))]))
  const { unit, reviewer, supervisor, operator } = cast.office
  return {
    filerOf(unitId) {
      const client = byUnit.get(unitId)
      if (client === undefined) throw new Error(`Nobody of the cast files for unit ${unitId}`)
      return client
    },
    reviewer: await callers.as(toActor(reviewer, unit)),
    supervisor: await callers.as(toActor(supervisor, unit)),
    operator: await callers.as(toActor(operator, unit)),
  }
}

/** Where the sample's files lie. */
export const sampleDirectoryOf = (root: string) => join(root, 'infra/sample')
