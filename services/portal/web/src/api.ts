import { type Client, ClientProblem, createClient } from '@tiaodu/client'
import { computed } from 'vue'
import { language, t } from './i18n/index.ts'

const client = computed(() => createClient({ baseUrl: '', language: language.value }))

/** The API in the language of the page; the session's cookie goes along by itself. */
export const api = (): Client => client.value

/** What to tell about an error: a problem's own words, or that nothing answered. */
export const messageOf = (error: unknown): string => {
  if (!(error instanceof ClientProblem)) return t('noAnswer')
  const { title, detail, errors = [] } = error.problem
  return errors.length > 0 || detail === undefined || language.value === 'zh' ? title : detail
}
