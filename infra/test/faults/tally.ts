import type { ReadMail } from '@tiaodu/embedded'

/** How many mails came, and to how many people. */
export interface Count {
  readonly mails: number
  readonly people: number
}

/** Mails that a server kept, by the step that they were for and the role of their reader (filer.12@… is a filer). */
export function tallyMails(
  mails: readonly ReadMail[],
  stepOf: (messageId: string) => string,
): Readonly<Record<string, Count>> {
  const readers = new Map<string, string[]>()
  for (const { messageId, to } of mails) {
    const [address = ''] = to
    const key = `${stepOf(messageId)} ${address.split('.')[0]}`
    readers.set(key, [...(readers.get(key) ?? []), address])
  }
  return Object.fromEntries([...readers].map(([key, all]) => [key, { mails: all.length, people: new Set(all).size }]))
}
