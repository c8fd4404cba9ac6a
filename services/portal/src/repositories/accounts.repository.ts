import { type Fault, refuse } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'

export interface Account {
  readonly personId: string
  readonly username: string
  readonly passwordHash: string
}

export async function findAccount(db: Kysely<DB>, username: string): Promise<Account | undefined> {
  const row = await db.selectFrom('accounts').selectAll().where('username', '=', username).executeTakeFirst()
  return row && { personId: row.person_id, username: row.username, passwordHash: row.password_hash }
}

const TAKEN: Readonly<Record<string, Fault>> = {
  accounts_pkey: { field: 'personId', reason: { zh: '此人已有账号', en: 'The person has an account' } },
  accounts_username_key: { field: 'username', reason: { zh: '用户名已被占用', en: 'The user name is taken' } },
}

/** @throws already-exists when the person has an account or the name is taken */
export async function insertAccount(db: Kysely<DB>, account: Account, now: Date): Promise<void> {
  try {
    await db
      .insertInto('accounts')
      .values({
        person_id: account.personId,
        username: account.username,
        password_hash: account.passwordHash,
        created_at: now,
      })
      .execute()
  } catch (error) {
    const taken = TAKEN[(error as { constraint?: string }).constraint ?? '']
    if (taken === undefined) throw error
    throw refuse('already-exists', taken.field, taken.reason)
  }
}
