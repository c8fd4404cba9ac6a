import { type ResponseOf, type RouteContract, type RouteName, type Routes, routes } from '@tiaodu/types'
import { toClientProblem } from './problem.ts'
import { type AnyRequest, type Arguments, toUrl } from './request.ts'

export interface ClientOptions {
  /** Where the front door is, without a path: `https://tiaodu.example`; '' in a page that it serves. */
  readonly baseUrl: string
  /** The token of another system or of a session; a browser sends its cookie instead. */
  readonly token?: string
  readonly fetch?: typeof globalThis.fetch
  /** The language of the problems' titles; Chinese when absent. */
  readonly language?: 'zh' | 'en'
}

type Streams = { [N in RouteName]: Routes[N] extends { readonly isEventStream: true } ? N : never }[RouteName]

/** One method per route that answers once; each returns the body of the answer or throws ClientProblem. */
export type Client = {
  readonly [N in Exclude<RouteName, Streams>]: (...request: Arguments<Routes[N]>) => Promise<ResponseOf<Routes[N]>>
}

function headersOf(
  { token, language }: ClientOptions,
  { body, ifMatch, headers, fileType = 'application/json' }: AnyRequest,
): Record<string, string> {
  return {
    accept: 'application/json, application/problem+json',
    ...(language === undefined ? {} : { 'accept-language': language }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': fileType }),
    ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
    ...headers,
  }
}

type Payload = NonNullable<RequestInit['body']>

const bodyOf = (contract: RouteContract, body: unknown): Payload =>
  contract.file === undefined ? JSON.stringify(body) : (body as Payload)

async function call(options: ClientOptions, contract: RouteContract, request: AnyRequest): Promise<unknown> {
  const send = options.fetch ?? globalThis.fetch
  const response = await send(toUrl(options.baseUrl, contract, request), {
    method: contract.method,
    headers: headersOf(options, request),
    ...(request.body === undefined ? {} : { body: bodyOf(contract, request.body) }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  })
  if (!response.ok) throw await toClientProblem(response)
  if (contract.download !== undefined) {
    const isText = /^text\/|json\b/.test(response.headers.get('content-type') ?? '')
    return isText ? await response.text() : new Uint8Array(await response.arrayBuffer())
  }
  return response.status === 204 ? null : await response.json()
}

/**
 * A client of the whole API, made from the same contracts that the services mount. Works in Node.js and browsers.
 * Its methods throw ClientProblem for a problem document, and what `fetch` throws when there is no answer at all.
 */
export function createClient(options: ClientOptions): Client {
  const once = Object.entries(routes).filter(([, contract]) => !('isEventStream' in contract))
  const methods = once.map(([name, contract]) => [name, (request: AnyRequest = {}) => call(options, contract, request)])
  return Object.fromEntries(methods) as Client
}
