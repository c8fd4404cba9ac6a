import type { Static, TSchema } from 'typebox'

/** How hard a consumer tries: attempts in all, and the first pause between two of them (doubling). */
export interface DeliveryPolicy {
  readonly attempts: number
  readonly backoffMs: number
}

/** An event: a past-tense name with a version, the schema of its payload, its delivery policy. */
export interface EventDefinition<Name extends string = string, Payload extends TSchema = TSchema> {
  readonly name: Name
  readonly payload: Payload
  readonly delivery: DeliveryPolicy
}

/** Declares an event. Payloads carry ids and figures, never personal data. */
export const defineEvent = <const Name extends `${string}.v${number}`, Payload extends TSchema>(
  name: Name,
  payload: Payload,
  delivery: DeliveryPolicy = { attempts: 12, backoffMs: 1_000 },
): EventDefinition<Name, Payload> => ({ name, payload, delivery })

/** The payload of an event definition. */
export type PayloadOf<E extends EventDefinition> = Static<E['payload']>
