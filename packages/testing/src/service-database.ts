import { createHash } from 'node:crypto'
import { connect, type Database, type Migrations, migrate } from '@tiaodu/database'
import { createDatabase } from './postgres.ts'
import type { TestScope } from './scope.ts'

/** A migrated database of a service, with the pool its code uses. */
export interface ServiceDatabase<Tables> extends Database<Tables> {
  readonly url: string
}

/** A fresh database with one service's schema, closed and dropped when the suite ends. */
export async function createServiceDatabase<Tables>(
  t: TestScope,
  schema: string,
  migrations: Migrations,
): Promise<ServiceDatabase<Tables>> {
  const source = Object.entries(migrations).map(([name, { up }]) => name + up.toString())
  const hash = createHash('sha256').update(source.join('\n')).digest('hex').slice(0, 12)
  const url = await createDatabase(t, `${schema}_${hash}`, async (template) => {
    await migrate({ url: template, schema, migrations })
  })
  const database = connect<Tables>({ url, schema })
  t.teardown(() => database.close())
  return { ...database, url }
}
