import { connect } from '@tiaodu/database'
import { readInvestmentConfig } from '../config.ts'
import type { DB } from '../generated/tables.ts'
import { reconcile } from '../operations/reconcile.ts'

const database = connect<DB>({ url: readInvestmentConfig().DATABASE_URL, schema: 'investment', poolSize: 1 })
const differences = await reconcile(database.kysely)
await database.close()
for (const { of, key, figure, rolledUp, summed } of differences) {
  console.error(`${of} ${key} ${figure}: rolled up ${rolledUp}, summed ${summed}`)
}
console.log(
  differences.length === 0
    ? 'Every roll-up equals the sum of its approved reports'
    : `${differences.length} differences`,
)
process.exitCode = differences.length === 0 ? 0 : 1
