import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { CloudEvent } from '@tiaodu/types'

/** What a gateway is asked to send. */
interface Text {
  readonly to: string
  readonly text: string
}

/** What came under each id, with every repeat. */
export type Received<T> = ReadonlyMap<string, readonly T[]>

/** A real HTTP server: an integrator's webhook, and a gateway for text messages that tells repeats by their Idempotency-Key. */
export interface Receiver {
  readonly url: string
  /** By webhook-id. */
  readonly events: Received<CloudEvent>
  /** By Idempotency-Key: who holds the phone gets the first of each alone. */
  readonly texts: Received<Text>
  close(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const events = new Map<string, CloudEvent[]>()
  const texts = new Map<string, Text[]>()
  const keep = async <T>(kept: Map<string, T[]>, header: string, request: IncomingMessage) => {
    const id = String(request.headers[header])
    const body = (await json(request)) as T
    kept.set(id, [...(kept.get(id) ?? []), body])
  }
  const server = createServer(async (request, response) => {
    if (request.url === '/sms') await keep(texts, 'idempotency-key', request)
    else await keep(events, 'webhook-id', request)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"code":"OK"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    ...{ events, texts },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
