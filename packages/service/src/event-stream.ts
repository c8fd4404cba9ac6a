import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** A stream of server-sent events to one reader. */
export interface EventStream {
  readonly closed: AbortSignal
  send(event: { name: string; id?: string | undefined; data: unknown }): void
}

const HEARTBEAT_MS = 15_000
/** Then the reader connects anew, and is asked again who it is. */
const LONGEST_MS = 10 * 60_000
const RECONNECT_MS = 2_000
/** A reader that takes nothing is let go before it costs memory. */
const MOST_WAITING_BYTES = 256 * 1024

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  // nginx passes on at once what it would gather otherwise.
  'x-accel-buffering': 'no',
  // A connection that was kept for another request would hold the app open when it closes.
  connection: 'close',
}

/**
 * Opens streams of server-sent events on an app, with heartbeats that keep proxies from hanging up. All of them end before
 * the app closes.
 */
export function createEventStreams(
  app: FastifyInstance,
): (request: FastifyRequest, reply: FastifyReply) => EventStream {
  const open = new Set<() => void>()
  app.addHook('preClose', async () => {
    for (const end of open) end()
  })
  return ({ method }, reply) => {
    const closed = new AbortController()
    const { raw } = reply.hijack()
    const end = () => raw.end()
    const heartbeat = setInterval(() => raw.write(':\n\n'), HEARTBEAT_MS)
    const longest = setTimeout(end, LONGEST_MS)
    open.add(end)
    raw.once('close', () => {
      clearInterval(heartbeat)
      clearTimeout(longest)
      open.delete(end)
      closed.abort()
    })
    raw.writeHead(200, HEADERS)
    if (method === 'HEAD') end()
    else raw.write(`retry: ${RECONNECT_MS}\n\n`)
    return {
      closed: closed.signal,
      send({ name, id, data }) {
        if (raw.destroyed || raw.writableEnded) return
        if (raw.writableLength > MOST_WAITING_BYTES) return void raw.destroy()
        raw.write(`event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`)
      },
    }
  }
}
