import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { CloudEvent } from '@tiaodu/types'

/** A real HTTP server that takes webhooks and counts each by its id. */
export interface Receiver {
  readonly url: string
  /** Events that came, by webhook-id, with how many times. */
  readonly received: ReadonlyMap<string, { readonly event: CloudEvent; times: number }>
  close(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const received = new Map<string, { event: CloudEvent; times: number }>()
  const server = createServer(async (request, response) => {
    const event = (await json(request)) as CloudEvent
    const id = String(request.headers['webhook-id'])
    const one = received.get(id) ?? { event, times: 0 }
    received.set(id, { ...one, times: one.times + 1 })
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
