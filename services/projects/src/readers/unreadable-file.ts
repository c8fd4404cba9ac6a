/** A file that is not what its type says; the message is for the person who handed it in. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile'
}
