import type { Words } from '@tiaodu/types'

/** A file that is not what its type says; the reason is for the person who handed it in. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile'
  readonly reason: Words
  constructor(reason: Words) {
    super(reason.en)
    this.reason = reason
  }
}
