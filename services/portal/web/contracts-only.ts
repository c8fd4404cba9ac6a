import { type RouteContract, routes } from '@tiaodu/types'
import type { Plugin } from 'vite'

const calls = Object.entries(routes).map(([name, contract]) => {
  const { method, url, file, download }: RouteContract = contract
  return [name, { method, url, file, download }]
})

/** What the page needs of @tiaodu/types at run time is where each route is and what it takes; the schemas would be half of its weight. */
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
