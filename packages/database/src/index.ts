export { type ConnectOptions, connect, type Database, roleOf } from './connect.ts'
export { instantJson } from './instant.ts'
export { type AnyKysely, assertMigrated, type Migrations, migrate } from './migrate.ts'
export { type Param, type Prepared, prepare } from './prepare.ts'
