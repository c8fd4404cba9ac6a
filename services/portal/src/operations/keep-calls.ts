import { addDays, toDateOn } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { addCounted, type CountedCalls, type TokenCall, toCounted } from '../domain/call-tally.ts'
import type { DB } from '../generated/tables.ts'
import { addCalls, deleteCallsBefore } from '../repositories/token-calls.repository.ts'

/** Counts what tokens call, so that a call costs no write of its own. */
export interface CallLedger {
  note(call: TokenCall, now: Date): void
  /** Writes what is counted and counts no more. */
  close(): Promise<void>
}

const WRITTEN_EVERY_MS = 5_000
const KEPT_DAYS = 366

export function keepCalls(db: Kysely<DB>, onFailure: (error: unknown) => void): CallLedger {
  let tally: ReadonlyMap<string, CountedCalls> = new Map()
  const write = async () => {
    if (tally.size === 0) return
    const written = [...tally.values()]
    tally = new Map()
    try {
      await deleteCallsBefore(db, addDays(toDateOn(new Date()), -KEPT_DAYS))
      // The last step: after it nothing fails, so that what is counted is never added twice.
      await addCalls(db, written)
    } catch (error) {
      tally = addCounted(tally, written)
      onFailure(error)
    }
  }
  const writing = setInterval(write, WRITTEN_EVERY_MS)
  writing.unref()
  return {
    note(call, now) {
      tally = addCounted(tally, [toCounted(call, now)])
    },
    close() {
      clearInterval(writing)
      return write()
    },
  }
}
