import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import type { Client } from '@tiaodu/client'
import type { Person } from '@tiaodu/types'
import type { Cast } from './people.ts'

/** What .data/demo-accounts.json holds. */
export interface DemoAccount {
  readonly username: string
  readonly password: string
  readonly role: string
}

/** One account per role, with a password of its own on every machine, written to `file` for its owner alone. */
export async function createDemoAccounts(client: Client, cast: Cast, file: string): Promise<DemoAccount[]> {
  const first = cast.units[0]
  if (first === undefined) throw new Error('The demo has no units')
  const leader = cast.leaders.get(first.unit.regionCode) ?? cast.office.leader
  const people: Person[] = [
    first.filer,
    first.head,
    cast.office.reviewer,
    leader,
    cast.office.supervisor,
    cast.office.operator,
  ]
  const accounts: DemoAccount[] = []
  for (const person of people) {
    const account = { username: person.role, password: randomBytes(9).toString('base64url'), role: person.role }
    await client.createAccount({
      body: { personId: person.id, username: account.username, password: account.password },
    })
    accounts.push(account)
  }
  writeFileSync(file, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 })
  return accounts
}
