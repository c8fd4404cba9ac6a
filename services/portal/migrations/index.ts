import type { Migrations } from '@tiaodu/database'
import { createAccounts } from './20261123T1000_create_accounts.ts'
import { createApiTokens } from './20261125T1832_create_api_tokens.ts'

export const migrations: Migrations = {
  '20261123T1000_create_accounts': createAccounts,
  '20261125T1832_create_api_tokens': createApiTokens,
}
