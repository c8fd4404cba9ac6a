import { type BodyOf, type Relief, refuse, type routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { Earlier, Owed, ReliefAct, StoredRelief } from '../domain/relief.ts'
import { decideExcuse, decideExtensionAsk, decideReopeningAsk } from '../domain/relief-asks.ts'
import {
  decideGrant,
  decideReliefRefusal,
  decideReliefWithdrawal,
  decideRevocation,
} from '../domain/relief-decisions.ts'
import type { DB } from '../generated/tables.ts'
import { changeRelief, type OfObligation } from './change-relief.ts'

/** Which relief of an obligation. */
export interface OfRelief extends OfObligation {
  readonly number: number
}

const toEarlier = (reliefs: readonly StoredRelief[]): Earlier => ({
  number: reliefs.length,
  hasOpen: reliefs.some(({ state }) => state === 'asked'),
})

/** Asks for a later due instant. @throws those of decideExtensionAsk, no-obligation, period-not-open */
export const askExtension = (
  db: Kysely<DB>,
  of: OfObligation,
  asked: BodyOf<typeof routes.askExtension>,
  act: ReliefAct,
): Promise<Relief> =>
  changeRelief(db, of, act, (owed, earlier) => decideExtensionAsk(owed, asked, toEarlier(earlier), act))

/** Asks that a locked period is opened once more. @throws those of decideReopeningAsk, no-obligation, period-not-open */
export const askReopening = (
  db: Kysely<DB>,
  of: OfObligation,
  asked: BodyOf<typeof routes.askReopening>,
  act: ReliefAct,
): Promise<Relief> =>
  changeRelief(db, of, act, (owed, earlier) => decideReopeningAsk(owed, asked, toEarlier(earlier), act))

/** Records why a report is not held against its unit. @throws those of decideExcuse, no-obligation, period-not-open */
export const recordExcuse = (
  db: Kysely<DB>,
  of: OfObligation,
  why: BodyOf<typeof routes.recordExcuse>,
  act: ReliefAct,
): Promise<Relief> => changeRelief(db, of, act, (owed, earlier) => decideExcuse(owed, why, toEarlier(earlier), act))

const settle = (
  db: Kysely<DB>,
  of: OfRelief,
  act: ReliefAct,
  decide: (relief: StoredRelief, owed: Owed) => StoredRelief,
): Promise<Relief> =>
  changeRelief(db, of, act, (owed, reliefs) => {
    const relief = reliefs.find(({ number }) => number === of.number)
    if (relief === undefined) throw refuse('not-found', 'number', { zh: '没有这项宽限', en: 'There is no such relief' })
    return decide(relief, owed)
  })

/** Grants what was asked for. @throws those of decideGrant, not-found */
export const grantRelief = (db: Kysely<DB>, of: OfRelief, act: ReliefAct): Promise<Relief> =>
  settle(db, of, act, (relief, owed) => decideGrant(relief, owed, act))

/** Refuses what was asked for. @throws relief-decided, own-request, not-found */
export const refuseRelief = (db: Kysely<DB>, of: OfRelief, reason: string, act: ReliefAct): Promise<Relief> =>
  settle(db, of, act, (relief) => decideReliefRefusal(relief, reason, act))

/** Takes back what was asked for. @throws relief-decided, not-found */
export const withdrawRelief = (db: Kysely<DB>, of: OfRelief, act: ReliefAct): Promise<Relief> =>
  settle(db, of, act, (relief) => decideReliefWithdrawal(relief, act))

/** Takes back what was granted. @throws relief-forbidden, not-found */
export const revokeRelief = (db: Kysely<DB>, of: OfRelief, reason: string, act: ReliefAct): Promise<Relief> =>
  settle(db, of, act, (relief) => decideRevocation(relief, reason, act))
