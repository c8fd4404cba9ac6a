import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { FilterName, Filters } from '../../../queries/library.ts'
import { FILTER_FIELDS } from './filter-fields.ts'

const inUse = (filters: Filters): Filters =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''))

/** The filters of the list, kept in the address: so a page can be sent to somebody and survives a reload. */
export function useFilters() {
  const route = useRoute()
  const router = useRouter()
  const filters = computed(() =>
    inUse(Object.fromEntries(FILTER_FIELDS.map(({ name }) => [name, String(route.query[name] ?? '')]))),
  )
  // The address follows a moment later: what is set meanwhile is set upon what was asked for, not upon what stands there.
  let wanted = filters.value
  watch(filters, (now) => {
    wanted = now
  })
  function replace(next: Filters) {
    wanted = inUse(next)
    return router.replace({ query: wanted })
  }
  return {
    filters,
    /** Sets some filters beside those in use. */
    change: (some: Filters) => replace({ ...wanted, ...some }),
    clear: (name: FilterName) => replace({ ...wanted, [name]: '' }),
    clearAll: () => replace({}),
    /** Sets these and no others. */
    set: replace,
  }
}
