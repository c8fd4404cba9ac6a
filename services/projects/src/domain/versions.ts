import type { Version } from '@tiaodu/types'
import { isSame } from './is-same.ts'

/** What a version changed, field by field. */
export type Changes = Version['changes']

/** What differs between two states of something. */
export const toChanges = <T extends object>(fields: readonly (keyof T & string)[], before: T, after: T): Changes =>
  fields
    .filter((field) => !isSame(before[field], after[field]))
    .map((field) => ({ field, from: before[field], to: after[field] }))

/** The fields that versions, oldest first, have left behind, on top of a state of which nothing is known. */
export const replayFields = <T extends object>(nothing: T, versions: readonly { changes: Changes }[]): T => ({
  ...nothing,
  ...(Object.fromEntries(versions.flatMap(({ changes }) => changes.map(({ field, to }) => [field, to]))) as Partial<T>),
})
