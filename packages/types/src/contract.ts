import type { Static, TSchema } from 'typebox'
import type { ErrorCode } from './errors.ts'
import type { Role } from './roles.ts'

/**
 * What of the data a caller may touch.
 * - `none`: the role alone decides
 * - `reach`: a list is narrowed to the caller's reach (own unit for filer and head, own region and below for the others)
 * - `project`: the project named by `params.id` must lie within the caller's reach
 */
export type Scope = 'none' | 'reach' | 'project'

/** Who may call a route; `public` needs no sign-in. */
export type Permission = 'public' | { readonly roles: readonly Role[]; readonly scope: Scope }

/** The one definition of an HTTP route, read by the service, the portal, the OpenAPI document and the clients. */
export interface RouteContract {
  readonly operationId: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path with `:name` parameters, without host. */
  readonly url: string
  readonly service: 'projects' | 'investment' | 'notifications' | 'portal'
  readonly summary: string
  readonly permission: Permission
  /** The body is a file of one of these media types, passed to the handler as a Buffer; there is no body schema. */
  readonly file?: { readonly types: readonly string[]; readonly maxBytes: number }
  /** The answer is a file of one of these media types, sent as a stream. */
  readonly download?: { readonly types: readonly string[] }
  /** The answer is a stream of server-sent events, each with data as the response schema says. */
  readonly isEventStream?: true
  /** The error codes of its own; those that every route can answer with need not be named. */
  readonly errors: readonly ErrorCode[]
  readonly schema: {
    readonly params?: TSchema
    readonly querystring?: TSchema
    readonly body?: TSchema
    readonly response: Readonly<Record<number, TSchema>>
  }
}

/** Declares a route; the identity function, so that its literal types are kept. */
export const defineRoute = <const C extends RouteContract>(contract: C): C => contract

type Part<C extends RouteContract, K extends 'params' | 'querystring' | 'body'> = C['schema'][K] extends TSchema
  ? Static<C['schema'][K]>
  : unknown

/** Path parameters of a contract. */
export type ParamsOf<C extends RouteContract> = Part<C, 'params'>
/** Query parameters of a contract. */
export type QueryOf<C extends RouteContract> = Part<C, 'querystring'>
/** Request body of a contract; a file when the contract takes one. */
export type BodyOf<C extends RouteContract> = C extends { readonly file: object }
  ? Uint8Array<ArrayBuffer> | string
  : Part<C, 'body'>
/** Body of the successful answer of a contract. */
export type ResponseOf<C extends RouteContract> = C['schema']['response'][keyof C['schema']['response']] extends infer S
  ? S extends TSchema
    ? Static<S>
    : never
  : never
