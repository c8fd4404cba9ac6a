import { once } from 'node:events'
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { assertPublicHost, guardedLookup } from './address-guard.ts'

export interface OutgoingRequest {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly isPrivateAllowed: boolean
}

export interface Answer {
  readonly status: number
  readonly location: string | undefined
  readonly retryAfter: string | undefined
  readonly text: string
  /** There was more than we read. */
  readonly isCut: boolean
}

const CONNECT_MS = 5_000
const ANSWER_MS = 15_000
const MOST_BYTES = 16 * 1024

// Apart, so that a connection that one endpoint may make is never used by one that may not.
const agentsOf = () => ({
  'http:': new HttpAgent({ keepAlive: true, timeout: ANSWER_MS, maxFreeSockets: 64 }),
  'https:': new HttpsAgent({ keepAlive: true, timeout: ANSWER_MS, maxFreeSockets: 64 }),
})
const open = agentsOf()
const guarded = agentsOf()

async function readSome(response: IncomingMessage): Promise<{ text: string; isCut: boolean }> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > MOST_BYTES) break
  }
  const isCut = bytes > MOST_BYTES
  // What would still come is not wanted: its connection is not used again.
  if (isCut) response.destroy()
  return { text: Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8'), isCut }
}

/**
 * Sends one request and reads the beginning of its answer; redirects are answers like any other. Only public addresses are
 * connected to unless private ones are allowed, which is judged on the address that the connection is made to.
 * @throws AddressRefused, or what the connection said; after 5 s without a connection and 15 s in all
 */
export async function sendRequest(outgoing: OutgoingRequest): Promise<Answer> {
  const { method, headers, body, isPrivateAllowed } = outgoing
  const url = new URL(outgoing.url)
  const protocol = url.protocol as keyof typeof open
  if (!isPrivateAllowed) assertPublicHost(url.hostname)
  const limit = new AbortController()
  const whole = setTimeout(() => limit.abort(new Error(`${ANSWER_MS / 1_000} 秒内没有答复`)), ANSWER_MS)
  let connecting: NodeJS.Timeout | undefined
  try {
    const request = (protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: (isPrivateAllowed ? open : guarded)[protocol],
      signal: limit.signal,
      ...(isPrivateAllowed ? {} : { lookup: guardedLookup as never }),
    })
    request.once('socket', (socket) => {
      if (!socket.connecting) return
      connecting = setTimeout(() => request.destroy(new Error(`${CONNECT_MS / 1_000} 秒内连接不上`)), CONNECT_MS)
      socket.once('connect', () => clearTimeout(connecting))
    })
    request.end(body)
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    const { text, isCut } = await readSome(response)
    const { location, 'retry-after': retryAfter } = response.headers
    return { status: response.statusCode ?? 0, location, retryAfter, text, isCut }
  } catch (error) {
    throw limit.signal.aborted ? limit.signal.reason : error
  } finally {
    clearTimeout(whole)
    clearTimeout(connecting)
  }
}

/** Ends the connections that are kept for the next request. */
export function closeConnections(): void {
  for (const agent of [open, guarded].flatMap((agents) => Object.values(agents))) agent.destroy()
}
