import type { Client } from '@tiaodu/client'

const REGION = '410800'

/** Registers the receiver as an integrator's webhook and as the gateway for text messages. */
export async function registerReceiver(operator: Client, url: string): Promise<void> {
  const own = { regionCode: REGION, isPrivateAllowed: true }
  await operator.createEndpoint({ body: { ...own, kind: 'webhook', name: '集成平台', url: `${url}/events` } })
  const headers = [
    { name: 'Content-Type', value: 'application/json' },
    { name: 'Idempotency-Key', value: '{{id}}' },
  ]
  const body = '{"to":"{{mobile}}","text":"{{text}}"}'
  const request = { method: 'POST' as const, headers, body, success: '"code":"OK"', testMobile: null }
  await operator.createEndpoint({ body: { ...own, kind: 'sms', name: '短信平台', url: `${url}/sms`, request } })
}

/** Has reminders and overdue reports told by e-mail and by text message, as each person wishes. */
export async function offerTextMessages(operator: Client): Promise<void> {
  const { items } = await operator.listPolicies()
  for (const { id, version, at: _at, actorId: _id, actorName: _name, ...fields } of items) {
    if (fields.fact !== 'report-due' && fields.fact !== 'report-overdue') continue
    const body = { ...fields, channels: ['email' as const, 'sms' as const], reason: '短信平台已接通' }
    await operator.putPolicy({ params: { id }, ifMatch: version, body })
  }
}
