import type { Migrations } from '@tiaodu/database'
import { createAccounts } from './20261123T1000_create_accounts.ts'

export const migrations: Migrations = {
  '20261123T1000_create_accounts': createAccounts,
}
