import { ProblemError } from '@tiaodu/types'

/** Who watches which inbox in this process. */
export interface InboxWatch {
  /** Calls `tell` whenever something may have changed in a person's inbox. @returns what ends it @throws too-many-requests */
  add(personId: string, tell: () => void): () => void
  /** Ids of people, separated by commas. */
  changed(personIds: string): void
  everythingMayHaveChanged(): void
}

const MOST_PER_PERSON = 20

export function createInboxWatch(): InboxWatch {
  const watchers = new Map<string, Set<() => void>>()
  const tellAll = (tells: Iterable<() => void> = []) => {
    for (const tell of tells) tell()
  }
  return {
    add(personId, tell) {
      const tells = watchers.get(personId) ?? new Set()
      if (tells.size >= MOST_PER_PERSON) throw new ProblemError('too-many-requests')
      watchers.set(personId, tells.add(tell))
      return () => {
        tells.delete(tell)
        if (tells.size === 0) watchers.delete(personId)
      }
    },
    changed(personIds) {
      for (const personId of personIds.split(',')) tellAll(watchers.get(personId))
    },
    everythingMayHaveChanged() {
      for (const tells of watchers.values()) tellAll(tells)
    },
  }
}
