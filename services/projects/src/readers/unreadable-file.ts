import { toShown, type Words } from '@tiaodu/types'

/** A file that is not what its type says; the reason is for the person who handed it in. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile'
  readonly reason: Words
  constructor({ zh, en }: Words) {
    super(toShown(en))
    // It may name a header of the file, with whatever stands in it.
    this.reason = { zh: toShown(zh), en: toShown(en) }
  }
}
