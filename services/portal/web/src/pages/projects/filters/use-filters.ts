import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { FilterName, Filters } from '../../../queries/library.ts'
import { FILTER_FIELDS } from './filter-fields.ts'

/** The filters of the list, kept in the address: so a page can be sent to somebody and survives a reload. */
export function useFilters() {
  const route = useRoute()
  const router = useRouter()
  const filters = computed(
    (): Filters =>
      Object.fromEntries(
        FILTER_FIELDS.map(({ name }) => [name, String(route.query[name] ?? '')]).filter(([, value]) => value !== ''),
      ),
  )
  const set = (next: Filters) =>
    router.replace({ query: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== '')) })
  return {
    filters,
    set,
    clear: (name: FilterName) => set({ ...filters.value, [name]: '' }),
    clearAll: () => set({}),
  }
}
