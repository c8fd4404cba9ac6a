import { ClientProblem } from '@tiaodu/client'
import type { Tokens } from '@tiaodu/service'
import type { Person } from '@tiaodu/types'
import { askLibrary } from './library.channel.ts'

/** Asks the projects service for a person; undefined when there is none. */
export const createPeopleChannel =
  (projectsUrl: string, tokens: Tokens) =>
  (id: string): Promise<Person | undefined> =>
    askLibrary(projectsUrl, tokens, async (library, signal) => {
      try {
        return await library.getPerson({ params: { id }, signal })
      } catch (error) {
        if (error instanceof ClientProblem && error.code === 'not-found') return undefined
        throw error
      }
    })
