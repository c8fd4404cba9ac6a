import {
  type Channel,
  type MessageKind,
  PERSONAL_CHANNELS,
  type PersonalChannel,
  type PersonRole,
  type QuietHours,
  toDateOn,
  toInstant,
} from '@tiaodu/types'
import { toDuty } from './compulsory.ts'

/** The ways to a person that this installation has beside the inbox. */
export interface Ways {
  readonly channels: readonly PersonalChannel[]
  /** Time stands where a file says: nothing waits for a better hour. */
  readonly isSimulated: boolean
}

/** How a message may go out by its policies: which channels, outside which hours, as a digest or at once. */
export interface Sending {
  readonly channels: readonly Channel[]
  readonly quietHours: QuietHours | null
  readonly isDigest: boolean
}

/** What a person wants for a kind of message; absent: every channel of the policy, at once. */
export interface Preference {
  readonly kind: MessageKind
  readonly channels: readonly PersonalChannel[]
  /** Clock time at which digests leave; null: when they are made. */
  readonly digestTime: string | null
  readonly quietHours: QuietHours | null
}

/** Whoever a message is for, with what they want. */
export interface Reader {
  readonly role: PersonRole
  readonly preferences: readonly Preference[]
}

/** One way out of one message, and how long it waits for the hour that suits. */
export interface Way {
  readonly channel: PersonalChannel
  readonly waitSeconds: number
}

export const EVERY_CHANNEL = Object.keys(PERSONAL_CHANNELS) as PersonalChannel[]

/** What is told without a policy: by e-mail, at once. A text message costs money: it is for policies to name it. */
export const AT_ONCE: Sending = { channels: ['email'], quietHours: null, isDigest: false }

const DAY_MS = 86_400_000

/** The next time that a clock shows this, from an instant on. */
function nextAt(time: string, from: Date): Date {
  const today = toInstant(toDateOn(from), time)
  return today < from ? new Date(today.getTime() + DAY_MS) : today
}

/** The instant, or the end of the quiet hours that it falls into. */
export function afterQuiet(at: Date, quiet: QuietHours | null): Date {
  if (quiet === null) return at
  const end = nextAt(quiet.to, at)
  const begin = nextAt(quiet.from, at)
  // Within them the end comes before the next beginning; the beginning itself is within, the end is not.
  const isWithin = begin.getTime() === at.getTime() || (end < begin && end.getTime() !== at.getTime())
  return isWithin ? end : at
}

/**
 * The channels that a message to one person goes out by, and when. The inbox is not among them: it always gets the
 * message. Whether the person has an address on a channel is for whoever queues the deliveries.
 */
export function chooseWays(
  kind: MessageKind,
  sending: Sending,
  { role, preferences }: Reader,
  ways: Ways,
  now: Date,
): Way[] {
  const preference = preferences.find((one) => one.kind === kind)
  const digestTime = sending.isDigest ? (preference?.digestTime ?? null) : null
  const hour = digestTime === null ? now : nextAt(digestTime, now)
  const leavesAt = afterQuiet(afterQuiet(hour, sending.quietHours), preference?.quietHours ?? null)
  const waitSeconds = ways.isSimulated ? 0 : Math.ceil((leavesAt.getTime() - now.getTime()) / 1_000)
  const offered = ways.channels.filter((channel) => sending.channels.includes(channel))
  const wanted = offered.filter((channel) => preference?.channels.includes(channel) ?? true)
  // What is compulsory goes out by what is offered when nothing that is wanted is.
  const chosen = wanted.length === 0 && toDuty(kind, role) !== null ? offered : wanted
  return chosen.map((channel) => ({ channel, waitSeconds }))
}
