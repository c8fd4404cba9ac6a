import type { CloudEvent, DeliveryChannel, GatewayRequest, MessageKind } from '@tiaodu/types'

/** What of a message goes out. */
export interface OutgoingMessage {
  readonly kind: MessageKind
  readonly email: string | null
  readonly mobile: string | null
  readonly title: string
  readonly body: string
  readonly why: string
}

/** A claimed delivery with what its channel needs; a test has neither message nor event. */
export interface ClaimedDelivery {
  readonly id: string
  readonly channel: DeliveryChannel
  readonly attempts: number
  /** Seconds since the first attempt of this round was due. */
  readonly ageSeconds: number
  readonly queuedAt: Date
  readonly message: OutgoingMessage | null
  /** Set for an event, also when it is not kept any more. */
  readonly eventId: string | null
  readonly event: CloudEvent | null
}

/** What an endpoint needs to be sent to; it lies sealed in its row. */
export interface EndpointSettings {
  readonly url: string
  readonly secret?: string
  readonly oldSecret?: string
  /** Of a gateway for text messages. */
  readonly request?: GatewayRequest
}

export interface OpenEndpoint {
  readonly id: string
  readonly name: string
  readonly isPrivateAllowed: boolean
  readonly isOldSecretValid: boolean
  readonly settings: EndpointSettings
}

/** Why the other side did not take a delivery, and what to do about it. */
export type FailureKind =
  /** Try again after a pause. */
  | 'later'
  /** Trying again would not help. */
  | 'never'
  /** The other side wants nothing any more: its endpoint is disabled. */
  | 'gone'

export class DeliveryFailure extends Error {
  override name = 'DeliveryFailure'
  readonly kind: FailureKind
  /** The other side asks for at least this pause. */
  readonly pauseSeconds: number
  constructor(answer: string, kind: FailureKind = 'later', pauseSeconds = 0) {
    super(answer)
    this.kind = kind
    this.pauseSeconds = pauseSeconds
  }
}

/** A way out: sends one delivery and gives the answer of the other side. */
export interface Channel {
  readonly atOnce: number
  /** How many are claimed together: what a killed worker had claimed is sent again. */
  readonly claim: number
  /** The least time between one and the next; absent: none. */
  readonly pauseMs?: number
  /** @throws DeliveryFailure, or anything else for "try again" */
  send(delivery: ClaimedDelivery, endpoint: OpenEndpoint | null): Promise<string>
}

export type Channels = Readonly<Partial<Record<DeliveryChannel, Channel>>>
