import type { DeliveryChannel } from '@tiaodu/types'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long a channel goes on trying, and the pause after each attempt; the last pause repeats. */
interface RetryPolicy {
  readonly pauses: readonly number[]
  readonly lastSeconds: number
}

// A mail that comes after a day is of no use; a receiver may be repaired over a weekend.
const MAIL: RetryPolicy = {
  pauses: [2, 4, 8, 16, 32, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR],
  lastSeconds: DAY,
}
const WEBHOOK: RetryPolicy = {
  pauses: [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR],
  lastSeconds: 3 * DAY,
}
// A robot speaks of the day: it takes so many messages a minute, and says when it has had enough.
const ROBOT: RetryPolicy = { pauses: [5, 30, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR], lastSeconds: DAY }
// A text message that comes hours late only confuses.
const TEXT: RetryPolicy = { pauses: [10, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR], lastSeconds: 6 * HOUR }
export const RETRY_POLICIES: Readonly<Record<DeliveryChannel, RetryPolicy>> = {
  ...{ email: MAIL, sms: TEXT, webhook: WEBHOOK },
  ...{ wecom: ROBOT, dingtalk: ROBOT, feishu: ROBOT },
}

/** A pause is lengthened or shortened by up to a fifth, so that what failed together does not come back together. */
const JITTER = 0.2

/**
 * Seconds until the next attempt, null when there is none. The last one is made when the time is up, never after it.
 * `chance` is a number from 0 to 1.
 */
export function decideRetry(
  channel: DeliveryChannel,
  { attempts, ageSeconds, atLeastSeconds = 0 }: { attempts: number; ageSeconds: number; atLeastSeconds?: number },
  chance: number,
): number | null {
  const { pauses, lastSeconds } = RETRY_POLICIES[channel]
  const left = lastSeconds - ageSeconds
  if (left <= 0) return null
  const pause = pauses[Math.min(attempts, pauses.length) - 1] ?? 0
  const wanted = Math.max(pause * (1 - JITTER + 2 * JITTER * chance), atLeastSeconds)
  return Math.ceil(Math.min(wanted, left))
}
