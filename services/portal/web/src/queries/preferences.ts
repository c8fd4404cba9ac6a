import { useQuery } from '@tanstack/vue-query'
import { api } from '../api.ts'
import { language } from '../i18n/index.ts'

/** How I want to be told, for each kind of message; why something is compulsory comes in the language of the page. */
export const usePreferences = () =>
  useQuery({
    queryKey: ['preferences', language],
    queryFn: async () => (await api().listPreferences()).items,
    refetchInterval: false,
  })

/** Where a calendar reads my deadlines; none before I have asked for it. */
export const useCalendarAddress = () =>
  useQuery({ queryKey: ['calendar-feed'], queryFn: () => api().getCalendarAddress(), refetchInterval: false })
