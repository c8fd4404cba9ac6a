import type { BodyOf, ParamsOf, QueryOf, RouteContract } from '@tiaodu/types'

/** What every call may carry besides the parts of its contract. */
interface CallOptions {
  /** The version that was read; sent as If-Match, refused with `version-mismatch` when somebody saved in between. */
  readonly ifMatch?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

type Has<C extends RouteContract, K extends string, Value> = K extends keyof C['schema'] ? Value : unknown
type Optionally<K extends string, T> = object extends T ? { readonly [P in K]?: T } : { readonly [P in K]: T }

/** What a call of a contract takes: the parts that its schemas name, each required unless all of it is optional. */
export type RequestOf<C extends RouteContract> = CallOptions &
  Has<C, 'params', { readonly params: ParamsOf<C> }> &
  Has<C, 'querystring', Optionally<'query', QueryOf<C>>> &
  Has<C, 'body', Optionally<'body', BodyOf<C>>> &
  (C extends { readonly file: object } ? { readonly body: BodyOf<C>; readonly fileType: string } : unknown)

/** The arguments of a client's method: none are needed where nothing is required. */
export type Arguments<C extends RouteContract> =
  object extends RequestOf<C> ? [request?: RequestOf<C>] : [request: RequestOf<C>]

/** Any request, its types forgotten. */
export interface AnyRequest extends CallOptions {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  /** The media type of a file, one of its contract. */
  readonly fileType?: string
}

/** The address of a call: path parameters filled in, query parameters that are undefined left out. */
export function toUrl(baseUrl: string, contract: RouteContract, { params = {}, query = {} }: AnyRequest): string {
  const path = contract.url.replace(/:(\w+)/g, (_match, name: string) => encodeURIComponent(String(params[name])))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.append(name, String(value))
  return `${baseUrl.replace(/\/$/, '')}${path}${search.size === 0 ? '' : `?${search}`}`
}
