import { Agent, type Dispatcher, errors, request } from 'undici'
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

const KEPT = { connections: 64, keepAliveTimeout: ANSWER_MS, headersTimeout: 0, bodyTimeout: 0 } as const

// Apart, so that a connection that one endpoint may make is never used by one that may not.
const open = new Agent({ ...KEPT, connect: { timeout: CONNECT_MS } })
const guarded = new Agent({ ...KEPT, connect: { timeout: CONNECT_MS, lookup: guardedLookup } })

async function readSome(body: AsyncIterable<Buffer>): Promise<{ text: string; isCut: boolean }> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    bytes += chunk.length
    // What would still come is not wanted: leaving the loop ends its connection.
    if (bytes > MOST_BYTES) break
  }
  return { text: Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8'), isCut: bytes > MOST_BYTES }
}

const firstOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header

/**
 * Sends one request and reads the beginning of its answer; redirects are answers like any other. Only public addresses are
 * connected to unless private ones are allowed, which is judged on the address that the connection is made to.
 * @throws AddressRefused, or what the connection said; after 5 s without a connection and 15 s in all
 */
export async function sendRequest(outgoing: OutgoingRequest): Promise<Answer> {
  const { method, headers, body, isPrivateAllowed } = outgoing
  const url = new URL(outgoing.url)
  if (!isPrivateAllowed) assertPublicHost(url.hostname)
  const limit = new AbortController()
  const whole = setTimeout(() => limit.abort(new Error(`${ANSWER_MS / 1_000} 秒内没有答复`)), ANSWER_MS)
  try {
    const response = await request(url, {
      method: method as Dispatcher.HttpMethod,
      headers,
      body,
      dispatcher: isPrivateAllowed ? open : guarded,
      signal: limit.signal,
    })
    const { text, isCut } = await readSome(response.body)
    const { location, 'retry-after': retryAfter } = response.headers
    return { status: response.statusCode, location: firstOf(location), retryAfter: firstOf(retryAfter), text, isCut }
  } catch (error) {
    if (error instanceof errors.ConnectTimeoutError) throw new Error(`${CONNECT_MS / 1_000} 秒内连接不上`)
    throw error
  } finally {
    clearTimeout(whole)
  }
}

/** Ends the connections that are kept for the next request; nothing is sent afterwards. */
export async function closeConnections(): Promise<void> {
  await Promise.all([open.destroy(), guarded.destroy()])
}
