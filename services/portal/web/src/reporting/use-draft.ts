import { ClientProblem } from '@tiaodu/client'
import type { Report } from '@tiaodu/types'
import { computed, onBeforeUnmount, reactive, ref, shallowRef, watch } from 'vue'
import { api, messageOf } from '../api.ts'
import { isSame } from '../format/is-same.ts'
import { rebaseForm } from '../format/rebase-form.ts'
import { t } from '../i18n/index.ts'
import { type EntryForm, faultyAmounts, toComparable, toEntry, toForm } from './entry.ts'

export type SaveState = 'untouched' | 'typing' | 'saving' | 'saved' | 'offline' | 'refused' | 'overtaken'

// Long enough not to save every letter, short enough that what follows from it is there at once.
const PAUSE_MS = 800
const RETRY_MS = 5_000

/** A draft that saves itself while it is typed. Nothing that was typed is lost to anything that happens meanwhile. */
export function useDraft(first: Report) {
  const form = ref<EntryForm>(toForm(first))
  const saved = ref<EntryForm>(toForm(first))
  const report = shallowRef(first)
  const state = ref<SaveState>('untouched')
  const savedAt = ref('')
  const refused = ref<Record<string, string>>({})
  const message = ref('')
  /** What somebody else saved in between. */
  const other = shallowRef<Report>()
  const params = { id: first.projectId, period: first.period }
  const isDirty = computed(() => {
    const [now, before] = [form.value, saved.value].map((one) => toComparable(one, report.value.findings))
    return !isSame(now, before)
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<unknown> = Promise.resolve()

  function plan(ms: number) {
    clearTimeout(timer)
    timer = setTimeout(() => flush(), ms)
  }
  watch(
    form,
    () => {
      if (!isDirty.value || state.value === 'overtaken') return
      // Told as soon as it is typed right again.
      refused.value = {}
      message.value = ''
      state.value = 'typing'
      plan(PAUSE_MS)
    },
    { deep: true },
  )

  async function fail(error: unknown) {
    if (!(error instanceof ClientProblem) || error.status >= 500) {
      state.value = 'offline'
      plan(RETRY_MS)
      return
    }
    if (error.code === 'version-mismatch') {
      other.value = await api()
        .getReport({ params })
        .catch(() => undefined)
      state.value = other.value === undefined ? 'offline' : 'overtaken'
      if (other.value === undefined) plan(RETRY_MS)
      return
    }
    state.value = 'refused'
    refused.value = Object.fromEntries(error.fields.map(({ field, reason }) => [field, reason]))
    message.value = messageOf(error)
  }

  async function put() {
    const typed: EntryForm = JSON.parse(JSON.stringify(form.value))
    state.value = 'saving'
    try {
      const body = toEntry(typed, report.value.findings)
      report.value = await api().saveReport({ params, body, ifMatch: report.value.version })
      // Its sentences are those that were sent: what is found now may ask for one that is typed already.
      saved.value = { ...typed, sentences: toForm(report.value).sentences }
      savedAt.value = new Date().toISOString()
      state.value = isDirty.value ? 'typing' : 'saved'
    } catch (error) {
      await fail(error)
    }
  }

  /** Saves what is typed by now. @returns whether all of it is saved */
  async function flush({ isForced = false } = {}): Promise<boolean> {
    clearTimeout(timer)
    await running
    if (state.value === 'overtaken') return false
    if (!isDirty.value && !isForced) return true
    const faulty = faultyAmounts(form.value)
    if (faulty.length > 0) {
      refused.value = Object.fromEntries(faulty.map((field) => [field, t('notAnAmount')]))
      state.value = 'refused'
      return false
    }
    running = put()
    await running
    if (state.value === 'typing') plan(PAUSE_MS)
    return state.value === 'saved'
  }

  async function fileBy(send: () => Promise<Report>): Promise<boolean> {
    try {
      report.value = await send()
      saved.value = form.value = toForm(report.value)
      return true
    } catch (error) {
      await fail(error)
      return false
    }
  }
  const current = () => ({ params, ifMatch: report.value.version })

  /** Files what is typed. @returns whether it is filed */
  const submit = async () =>
    (await flush({ isForced: report.value.version === 0 })) && (await fileBy(() => api().submitReport(current())))

  /** Files 无变化 in place of what is typed. @returns whether it is filed */
  async function fileUnchanged(): Promise<boolean> {
    clearTimeout(timer)
    await running
    return await fileBy(() => api().fileUnchanged(current()))
  }

  /** Goes on from what the other has saved: with what was typed upon it, or without. */
  function settle(isKept: boolean) {
    const theirs = other.value
    if (theirs === undefined) return
    const now = toForm(theirs)
    if (isKept) form.value = rebaseForm(form.value, saved.value, now).form
    else form.value = now
    saved.value = toForm(theirs)
    report.value = theirs
    other.value = undefined
    state.value = isDirty.value ? 'typing' : 'untouched'
    if (isDirty.value) plan(0)
  }

  const online = () => {
    if (state.value === 'offline') flush()
  }
  window.addEventListener('online', online)
  onBeforeUnmount(() => {
    window.removeEventListener('online', online)
    clearTimeout(timer)
  })
  return reactive({
    form,
    report,
    state,
    savedAt,
    refused,
    message,
    other,
    isDirty,
    flush,
    submit,
    fileUnchanged,
    settle,
  })
}

export type Draft = ReturnType<typeof useDraft>
