import { CHANNELS, type Channel, type MessageKind } from '@tiaodu/types'

/** The ways out that this installation has beside the inbox. */
export interface Ways {
  readonly channels: readonly Channel[]
  /** Time stands where a file says: nothing waits for a better hour. */
  readonly isSimulated: boolean
}

/** Which channels a person wants for a kind of message; absent: every channel that there is. */
export interface Preference {
  readonly kind: MessageKind
  readonly channels: readonly Channel[]
}

/** One way out of one message. */
export interface Way {
  readonly channel: Channel
}

const ALL = Object.keys(CHANNELS) as Channel[]

/**
 * The channels that a message to one person goes out by. The inbox is not among them: it always gets the message. Whether
 * the person has an address on a channel is for whoever queues the deliveries.
 */
export function chooseWays(kind: MessageKind, preferences: readonly Preference[], ways: Ways): Way[] {
  const wanted = preferences.find((preference) => preference.kind === kind)?.channels ?? ALL
  return ways.channels.filter((channel) => wanted.includes(channel)).map((channel) => ({ channel }))
}
