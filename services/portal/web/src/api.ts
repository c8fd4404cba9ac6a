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

/** An Idempotency-Key; randomUUID is there on secure addresses alone, and many offices open the page by an inner one. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
