import type { Tokens } from '@tiaodu/service'
import { askLibrary } from './library.channel.ts'

interface Node {
  readonly code: string
  readonly children?: readonly Node[]
}

const isAmong = (nodes: readonly Node[], code: string): boolean =>
  nodes.some((node) => node.code === code || isAmong(node.children ?? [], code))

/** Asks the projects service whether there is a region. */
export const createRegionsChannel =
  (projectsUrl: string, tokens: Tokens) =>
  (code: string): Promise<boolean> =>
    askLibrary(projectsUrl, tokens, async (library, signal) =>
      isAmong((await library.listRegions({ signal })).items, code),
    )
