import pg from 'pg'

/** What a benchmark is given: a migrated database of its own, ports to use, a secret to sign with. */
export interface BenchStage {
  readonly root: string
  readonly databaseUrl: string
  /** A migrated database that stays empty, to be copied. */
  readonly emptyUrl: string
  readonly tokenSecret: string
  readonly firstPort: number
}

const named = (url: string, name: string) => {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

const asAdmin = async (url: string, statement: string) => {
  const client = new pg.Client({ connectionString: named(url, 'postgres') })
  await client.connect()
  await client.query(statement)
  await client.end()
}

const nameOf = (url: string) => pg.escapeIdentifier(new URL(url).pathname.slice(1))

/** Makes a database that is as the given one is now; nobody may be connected to that. @returns where it is */
export async function copyDatabase(url: string, name: string): Promise<string> {
  await asAdmin(url, `create database ${pg.escapeIdentifier(name)} template ${nameOf(url)}`)
  return named(url, name)
}

/** Takes a database away. */
export const dropDatabase = (url: string): Promise<void> => asAdmin(url, `drop database ${nameOf(url)}`)
