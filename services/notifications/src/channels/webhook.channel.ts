import { type Channel, type ClaimedDelivery, DeliveryFailure, type OpenEndpoint } from '../domain/delivery.ts'
import { deliverByHttp } from './http/judge-answer.ts'
import { toWebhookHeaders } from './standard-webhooks.ts'

const testOf = ({ id, queuedAt }: ClaimedDelivery, endpoint: OpenEndpoint) => ({
  specversion: '1.0',
  id,
  source: '/tiaodu',
  type: 'endpoint.tested.v1',
  subject: endpoint.id,
  time: new Date(queuedAt).toISOString(),
  datacontenttype: 'application/json',
  data: { endpointId: endpoint.id },
})

/**
 * Webhooks of integrators: a CloudEvents envelope, signed as Standard Webhooks 1.0 says. `webhook-id` is the event's own, so
 * that a receiver can tell a repeat. Signed by the machine's clock, also where time is simulated: receivers hold it against theirs.
 */
export const webhookChannel: Channel = {
  atOnce: 16,
  claim: 128,
  async send(delivery, endpoint) {
    if (endpoint === null) throw new Error('A webhook without an endpoint')
    const { url, secret = '', oldSecret } = endpoint.settings
    if (delivery.eventId !== null && delivery.event === null) throw new DeliveryFailure('该事件已超过保留期限', 'never')
    const event = delivery.event ?? testOf(delivery, endpoint)
    const body = JSON.stringify(event)
    const secrets = [secret, ...(endpoint.isOldSecretValid && oldSecret !== undefined ? [oldSecret] : [])]
    const headers = {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'user-agent': 'Tiaodu-Webhooks/1',
      ...toWebhookHeaders({ id: event.id, body, secrets }, new Date()),
    }
    const { isPrivateAllowed } = endpoint
    return (await deliverByHttp({ url, method: 'POST', headers, body, isPrivateAllowed })).answer
  },
}
