import { useQuery } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import { api } from '../api.ts'

/** The photos of a report as it is now. */
export const usePhotos = (projectId: Ref<string>, period: Ref<string>) =>
  useQuery({
    queryKey: ['photos', projectId, period],
    queryFn: async () =>
      (await api().listReportPhotos({ params: { id: projectId.value, period: period.value } })).items,
    refetchInterval: false,
  })

/** Where the file of a photo is; the session's cookie goes along by itself. */
export const photoUrl = (projectId: string, period: string, photoId: string): string =>
  `/api/v1/projects/${projectId}/reports/${period}/photos/${photoId}`
