import { routes } from '@tiaodu/types'
import type { Plugin } from 'vite'

const calls = Object.entries(routes).map(([name, { method, url }]) => [name, { method, url }])

/** What the page needs of @tiaodu/types at run time is where each route is; the schemas would be half of its weight. */
export function contractsOnly(): Plugin {
  return {
    name: 'tiaodu-contracts-only',
    enforce: 'pre',
    load(id) {
      if (!/packages\/types\/(src|dist)\/index\.[jt]s$/.test(id.replaceAll('\\', '/'))) return undefined
      return { code: `export const routes = ${JSON.stringify(Object.fromEntries(calls))}`, moduleType: 'js' }
    },
  }
}
