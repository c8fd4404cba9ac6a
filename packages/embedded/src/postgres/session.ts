import pg from 'pg'

/** Where a cluster's superuser connects. */
export type Access = { port: number; password: string }

export function databaseUrl({ port, password }: Access, database: string): string {
  return `postgres://tiaodu:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
}

/** Runs `work` on one connection to the database `postgres`. */
async function withSession<T>(access: Access, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl(access, 'postgres'), connectionTimeoutMillis: 5_000 })
  client.on('error', () => {}) // a server that goes away also rejects the running query
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Whether the server at `access` takes our password and serves the data directory `data`. */
export function answersFor(access: Access, data: string): Promise<boolean> {
  return withSession(access, async (client) => {
    const found = await client.query<{ data: string }>(`select current_setting('data_directory') as data`)
    return found.rows[0]?.data === data
  }).catch(() => false)
}

export function ensureDatabase(access: Access, name: string): Promise<void> {
  return withSession(access, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  })
}
