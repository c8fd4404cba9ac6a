import { CloudEvent, EVENT_WORDS, events, PUBLISHED_EVENTS, type PublishedEvent } from '@tiaodu/types'

// Plain JSON: what TypeBox keeps beside the schema is not for the document.
const plain = (value: object): Record<string, unknown> => JSON.parse(JSON.stringify(value))

const HEADERS = {
  type: 'object',
  required: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
  properties: {
    'webhook-id': { type: 'string', description: 'The id of the event; a repeat has the same' },
    'webhook-timestamp': { type: 'string', pattern: '^[0-9]+$', description: 'Seconds since 1970' },
    'webhook-signature': {
      type: 'string',
      description:
        'Standard Webhooks 1.0: v1,<base64 of HMAC-SHA256 over id.timestamp.body>, one for each valid secret, separated by a space',
    },
  },
}

function messageOf(name: PublishedEvent): object {
  const envelope = plain(CloudEvent) as { properties: Record<string, object> }
  const { zh, en } = EVENT_WORDS[name]
  return {
    name,
    title: zh,
    summary: en,
    contentType: 'application/cloudevents+json',
    headers: HEADERS,
    payload: {
      ...envelope,
      properties: {
        ...envelope.properties,
        type: { const: name },
        data: { $ref: `#/components/schemas/${name}` },
      },
    },
  }
}

const refer = (kind: string, name: string) => ({ $ref: `#/${kind}/${name}` })

/** The business events as an AsyncAPI 3.0 document, from their definitions. */
export function asyncApi(): object {
  const entries = <T>(make: (name: PublishedEvent) => T) =>
    Object.fromEntries(PUBLISHED_EVENTS.map((name) => [name, make(name)]))
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Tiaodu 调度: business events 业务事件',
      version: '1',
      license: { name: 'MIT' },
      description:
        'CloudEvents 1.0 envelopes. Registered endpoints get them as webhooks, signed as Standard Webhooks 1.0 says; the same events can be read in order at GET /api/v1/events. Money is whole yuan (元), instants are RFC 3339 in UTC, periods YYYY-MM in Asia/Shanghai.',
    },
    defaultContentType: 'application/cloudevents+json',
    channels: {
      webhooks: {
        address: null,
        title: '事件推送 webhooks',
        description: 'The address that an operator registered at POST /api/v1/endpoints',
        messages: entries((name) => refer('components/messages', name)),
      },
    },
    operations: {
      sendEvent: {
        action: 'send',
        channel: refer('channels', 'webhooks'),
        summary: 'POST one event; 2xx takes it, 410 disables the endpoint, anything else is tried again for three days',
        messages: PUBLISHED_EVENTS.map((name) => refer('channels/webhooks/messages', name)),
      },
    },
    components: {
      messages: entries(messageOf),
      schemas: entries((name) => plain(events[name].payload)),
    },
  }
}
