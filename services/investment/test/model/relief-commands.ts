import assert from 'node:assert/strict'
import { addDays, toDateOn, toInstant } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import type { DB } from '../../src/generated/tables.ts'
import {
  askExtension,
  askReopening,
  grantRelief,
  recordExcuse,
  revokeRelief,
} from '../../src/operations/decide-relief.ts'
import { type Cycle, FILER, type Player, REVIEWER, refused } from './players.ts'

interface Parts {
  playerAt(index: number): Player
  cycleOf(period: string): Cycle
  now(): Date
}

/** Extensions, reopenings and excuses, each asked for and granted at once. */
export function createReliefCommands(db: Kysely<DB>, { playerAt, cycleOf, now: clock }: Parts) {
  const named = (actorId: string) => ({ now: clock(), actorId, actorName: '某人', isSimulated: false })
  return {
    /** An extension is asked for and granted. */
    extend: (index: number, period: string, days: number) =>
      refused(async () => {
        const player = playerAt(index)
        const of = { id: player.id, period }
        const dueAt = player.dues.get(period) ?? cycleOf(period).dueAt
        const untilOn = addDays(toDateOn(dueAt), days)
        const { number } = await askExtension(db, of, { untilOn, reason: '资料未齐' }, named(FILER))
        assert.ok(clock() < dueAt, 'it was asked for in time')
        await grantRelief(db, { ...of, number }, named(REVIEWER))
        player.dues.set(period, toInstant(untilOn, '18:00'))
      }),
    /** A locked period is opened once more, or the reopening is taken back. */
    reopen: (index: number, period: string, days: number) =>
      refused(async () => {
        const player = playerAt(index)
        const of = { id: player.id, period }
        const untilOn = addDays(toDateOn(clock()), days)
        const { number } = await askReopening(db, of, { untilOn, reason: '补报' }, named(FILER))
        assert.ok(clock() >= cycleOf(period).lockAt, 'it was locked')
        await grantRelief(db, { ...of, number }, named(REVIEWER))
        player.reopenedUntil.set(period, toInstant(addDays(untilOn, 1), '00:00'))
      }),
    /** An excuse is recorded, or revoked where there is one. */
    excuse: (index: number, period: string) =>
      refused(async () => {
        const player = playerAt(index)
        const of = { id: player.id, period }
        const number = player.excuses.get(period)
        if (number === undefined) {
          const why = { cause: 'forceMajeure' as const, reason: '暴雨', evidence: ['气象证明'] }
          player.excuses.set(period, (await recordExcuse(db, of, why, named(REVIEWER))).number)
        } else {
          await revokeRelief(db, { ...of, number }, '登记有误', named(REVIEWER))
          player.excuses.delete(period)
        }
      }),
  }
}
