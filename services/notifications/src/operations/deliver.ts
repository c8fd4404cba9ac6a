import type { Kysely } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { type ClaimedDelivery, claimDelivery, markFailed, markSent } from '../repositories/deliveries.repository.ts'

/** A way out: sends one message and gives the provider's answer. @throws when it was not accepted */
export type Channel = (delivery: ClaimedDelivery) => Promise<string>

const MOST_ATTEMPTS = 8
const FIRST_PAUSE_SECONDS = 2

/**
 * Sends one delivery. It is claimed before the provider is called, so that two workers never send it both; a failure
 * goes back to the queue with a doubling pause, eight times at most.
 */
export async function deliver(db: Kysely<DB>, channel: Channel, id: string): Promise<void> {
  const delivery = await claimDelivery(db, id)
  if (delivery === undefined) return
  let answer: string
  try {
    answer = await channel(delivery)
  } catch (error) {
    const pause = delivery.attempts >= MOST_ATTEMPTS ? null : FIRST_PAUSE_SECONDS ** delivery.attempts
    await markFailed(db, id, error instanceof Error ? error.message : String(error), pause)
    return
  }
  await markSent(db, id, answer)
}
