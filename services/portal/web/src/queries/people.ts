import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api } from '../api.ts'
import { t } from '../i18n/index.ts'
import { everyPage } from './units.ts'

/** Who is appointed a responsible leader, mainly or besides, as choices; each once. */
export const useLeaders = () =>
  useQuery({
    queryKey: ['people', 'leaders'],
    queryFn: async () => {
      const leaders = await everyPage((page) => api().listAppointments({ query: { ...page, role: 'leader' } }))
      const labels = new Map(
        leaders.map(({ personId, personName, unitName }) => [personId, `${personName}（${unitName}）`]),
      )
      return [...labels]
        .map(([value, label]) => ({ value, label }))
        .sort((a, b) => a.label.localeCompare(b.label, 'zh-CN'))
    },
    refetchInterval: false,
  })

/** Who files for a unit, as choices. */
export const useFilers = (unitId: Ref<string>) =>
  useQuery({
    queryKey: ['people', 'filers', unitId],
    queryFn: async () =>
      (await everyPage((page) => api().listPeople({ query: { ...page, unitId: unitId.value, role: 'filer' } }))).map(
        ({ id, name }) => ({ value: id, label: name }),
      ),
    enabled: computed(() => unitId.value !== ''),
    refetchInterval: false,
  })

/** The name of a person, in office or not. */
export const usePersonName = (id: Ref<string>) =>
  useQuery({
    queryKey: ['person-name', id],
    queryFn: async () => {
      const { items } = await api().listAppointments({ query: { personId: id.value, withEnded: true, limit: 1 } })
      return items[0]?.personName ?? t('assigned')
    },
    enabled: computed(() => id.value !== ''),
    refetchInterval: false,
  })
