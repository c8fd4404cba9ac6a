export { type Client, type ClientOptions, createClient } from './client.ts'
export { ClientProblem } from './problem.ts'
export type { Arguments, RequestOf } from './request.ts'
