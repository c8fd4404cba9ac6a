import { setTimeout as sleep } from 'node:timers/promises'
import type { Seal } from '@tiaodu/service'
import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { type Channels, type ClaimedDelivery, DeliveryFailure } from '../domain/delivery.ts'
import { decideRetry } from '../domain/retries.ts'
import type { DB } from '../generated/tables.ts'
import { claimDeliveries, type Outcome, putBack, saveOutcomes } from '../repositories/deliveries.repository.ts'
import { disableEndpoint, openEndpoint } from '../repositories/endpoints.repository.ts'
import { leaseLane, releaseLane, renewLease } from '../repositories/lanes.repository.ts'

/** What delivering stands on. */
export interface DeliveringParts {
  readonly db: Kysely<DB>
  readonly channels: Channels
  readonly seal: Seal
  /** Ends the work under way after the deliveries that are being sent. */
  readonly stopping: AbortSignal
  /** Told of every attempt that has ended. */
  onOutcome?(delivery: ClaimedDelivery, outcome: Outcome): void
}

const RENEW_MS = 5_000
const GATHER_MS = 20
const LOOK_AGAIN_MS = 200
const SAVE_AGAIN_MS = 1_000
const MOST_SAVES = 15
const MOST_WAITING = 1_000
const MOST_ANSWER = 1_000

// PostgreSQL has no text with a NUL in it.
const toAnswer = (text: string): string => {
  const clean = text.replaceAll('\0', '')
  return clean.length > MOST_ANSWER ? `${clean.slice(0, MOST_ANSWER)}…` : clean
}

function toFailure(delivery: ClaimedDelivery, error: unknown): Outcome {
  const { id, attempts, ageSeconds, channel } = delivery
  const failure = error instanceof DeliveryFailure ? error : undefined
  const answer = toAnswer(error instanceof Error ? error.message || String(error) : String(error))
  const atLeastSeconds = failure?.pauseSeconds ?? 0
  const pause =
    failure === undefined || failure.kind === 'later'
      ? decideRetry(channel, { attempts, ageSeconds, atLeastSeconds }, Math.random())
      : null
  return { id, attempts, answer, state: pause === null ? 'givenUp' : 'failed', pauseSeconds: pause ?? 0 }
}

/** Outcomes on their way to the table, many in one statement; kept and written again while the database does not answer. */
function createSettling(save: (outcomes: readonly Outcome[]) => Promise<void>) {
  let waiting: Outcome[] = []
  let writing: Promise<void> | undefined
  const write = async () => {
    await sleep(GATHER_MS)
    const outcomes = waiting
    waiting = []
    for (let tries = 1; ; tries++) {
      try {
        return await save(outcomes)
      } catch (error) {
        if (tries === MOST_SAVES) throw error
        await sleep(SAVE_AGAIN_MS)
      }
    }
  }
  const start = () => {
    writing ??= write().finally(() => {
      writing = undefined
    })
    return writing
  }
  return {
    /** Waits only when the table does not keep up. */
    async add(outcome: Outcome): Promise<void> {
      waiting.push(outcome)
      const written = start()
      if (waiting.length > MOST_WAITING) await written
      else written.catch(() => {})
    },
    async end(): Promise<void> {
      while (waiting.length > 0 || writing !== undefined) await start()
    },
  }
}

/**
 * Sends what is due in one lane until nothing is. Deliveries are claimed before the other side is called and settled
 * in batches after it has answered; a lane has one worker at a time, so that it never calls more often than its channel says.
 */
export async function workLane(parts: DeliveringParts, lane: string): Promise<void> {
  const { db, channels, seal, stopping } = parts
  const lease = uuidv7()
  if (!(await leaseLane(db, lane, lease))) return
  let endpoint = await openEndpoint(db, lane, seal)
  const channel = channels[endpoint?.kind ?? 'email']
  const settling = createSettling((outcomes) => saveOutcomes(db, lane, outcomes))
  const backlog: ClaimedDelivery[] = []
  let isOurs = true
  let busy = 0
  let claiming: Promise<void> | undefined

  const renewing = setInterval(async () => {
    isOurs = await renewLease(db, lane, lease).catch(() => isOurs)
  }, RENEW_MS)
  const mayGoOn = () => isOurs && !stopping.aborted && channel !== undefined && endpoint?.state !== 'disabled'
  const claim = async () => {
    backlog.push(...(await claimDeliveries(db, lane, channel?.claim ?? 1)))
    // After claiming, so that what was queued for a renewed secret is signed with it.
    if (endpoint !== undefined) endpoint = await openEndpoint(db, lane, seal)
  }
  const next = async (): Promise<ClaimedDelivery | undefined> => {
    if (backlog.length === 0) {
      claiming ??= claim().finally(() => {
        claiming = undefined
      })
      await claiming
    }
    return mayGoOn() ? backlog.shift() : undefined
  }
  const attempt = async (delivery: ClaimedDelivery): Promise<Outcome> => {
    const { id, attempts } = delivery
    try {
      const answer = toAnswer((await channel?.send(delivery, endpoint ?? null)) ?? '')
      return { id, attempts, answer, state: 'sent', pauseSeconds: 0 }
    } catch (error) {
      if (error instanceof DeliveryFailure && error.kind === 'gone' && endpoint !== undefined) {
        await disableEndpoint(db, endpoint.id, error.message)
        endpoint = { ...endpoint, state: 'disabled' }
      }
      return toFailure(delivery, error)
    }
  }
  const work = async () => {
    while (mayGoOn()) {
      const delivery = await next()
      if (delivery === undefined && busy === 0) return
      if (delivery === undefined) {
        await sleep(LOOK_AGAIN_MS)
        continue
      }
      busy++
      const outcome = await attempt(delivery).finally(() => busy--)
      parts.onOutcome?.(delivery, outcome)
      await settling.add(outcome)
      if (channel?.pauseMs !== undefined)
        await sleep(channel.pauseMs, undefined, { signal: stopping }).catch(() => undefined)
    }
  }
  try {
    const ended = await Promise.allSettled(Array.from({ length: channel?.atOnce ?? 0 }, work))
    await settling.end()
    await putBack(
      db,
      backlog.map(({ id }) => id),
    )
    for (const one of ended) if (one.status === 'rejected') throw one.reason
  } finally {
    clearInterval(renewing)
    await releaseLane(db, lane, lease)
  }
}
