import { migrateAll } from './local/database.ts'

const url = process.env.DATABASE_URL
if (url === undefined) {
  console.error('Set DATABASE_URL. (npm start migrates the embedded database by itself.)')
  process.exit(2)
}
const applied = await migrateAll(url)
console.log(applied.length === 0 ? 'Nothing to apply' : applied.map((name) => `applied ${name}`).join('\n'))
